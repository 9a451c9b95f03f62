import 'server-only';
import { migrateDatabase } from '#db/migrate';
import { seedLibrary } from '#db/seed/library';
import { startBackgroundWork } from './background';
import { refuseDemoData } from './demo-guard';
import { EnvError } from './env';
import { type AppProcess, startProcess, stopProcess } from './process';

/** Environment, schema, database, background work; a wrong environment ends the process with a clear message. */
export async function startServer(): Promise<void> {
  try {
    const app = startProcess(process.env, process.cwd());
    process.env.NEXTAUTH_URL = app.env.REGRASP_URL;
    await migrateDatabase(app.env.DATABASE_URL, app.root);
    await refuseDemoData(app);
    await app.database.write((d) => seedLibrary(d, { nowMs: Date.now() }));
    startBackgroundWork(app);
    stopWithTheProcess(app);
  } catch (error) {
    process.stderr.write(
      `${error instanceof EnvError || error instanceof Error ? error.message : 'Regrasp cannot start.'}\n`,
    );
    process.exit(1);
  }
}

function stopWithTheProcess(app: AppProcess): void {
  const stop = () => {
    stopProcess(app).catch((err: unknown) => app.log.error({ err }, 'the process did not stop cleanly'));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
