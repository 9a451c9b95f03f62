import 'server-only';
import { seedLibrary } from '#db/seed/library';
import { catchUpAfterRestore } from '#server/backup/after-restore';
import { ownsMedia } from '#server/media/ownership';
import { startBackgroundWork } from './background';
import { refuseDemoData } from './demo-guard';
import { nameSockets } from './network';
import { type AppProcess, startProcess, stopProcess } from './process';

/** Environment, database, background work; what is not right ends the process with a sentence that says so. */
export async function startServer(): Promise<void> {
  try {
    const app = await startProcess(process.env, process.cwd(), 'app');
    nameSockets();
    process.env.NEXTAUTH_URL = app.env.REGRASP_URL;
    await refuseDemoData(app);
    if (await catchUpAfterRestore(app)) app.log.info('this store was restored from a backup; it is caught up');
    await app.database.write((d) => seedLibrary(d, { nowMs: Date.now() }));
    if (!(await ownsMedia(app)))
      app.log.error(
        'MEDIA_DIR holds the objects of another database, or not those that this one names; no upload is taken',
      );
    startBackgroundWork(app);
    stopWithTheProcess(app);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Regrasp cannot start.'}\n`);
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
