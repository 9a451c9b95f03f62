import { StoreRefusal } from '../db/refusal';
import { startJobs } from '../server/runtime/background';
import { EnvError } from '../server/runtime/env';
import { startProcess, stopProcess } from '../server/runtime/process';
import { fail, Stop } from './console.mjs';

/** npm run worker: a process that only works off jobs (clips), beside the app and on the same database and media. */
async function main(): Promise<void> {
  const app = await startProcess(process.env, process.cwd(), 'guest');
  startJobs(app);
  // The loop's own timer keeps nobody awake.
  const awake = setInterval(() => undefined, 60_000);
  const stop = () => {
    clearInterval(awake);
    stopProcess(app).catch(fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write('Working off jobs. Ctrl-C stops after the one under way is put back.\n');
}

main().catch((error: unknown) =>
  fail(error instanceof EnvError || error instanceof StoreRefusal ? new Stop(error.message) : error),
);
