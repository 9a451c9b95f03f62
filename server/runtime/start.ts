import 'server-only';
import { seedLibrary } from '#db/seed/library';
import { catchUpAfterRestore } from '#server/backup/after-restore';
import { askMediaServer } from '#server/livekit/rooms';
import { ownsMedia } from '#server/media/ownership';
import { startBackgroundWork } from './background';
import { refuseDemoData } from './demo-guard';
import { mailEnv } from './env';
import { isWritable } from './folders';
import { type HttpServers, watchHttpServers } from './http-servers';
import { nameSockets } from './network';
import { type AppProcess, startProcess, stopProcess } from './process';

/** Environment, database, background work; what is not right ends the process with a sentence that says so. */
export async function startServer(): Promise<void> {
  const http = watchHttpServers();
  try {
    const app = await startProcess(process.env, process.cwd(), 'app');
    nameSockets();
    process.env.NEXTAUTH_URL = app.env.REGRASP_URL;
    await refuseDemoData(app);
    if (await catchUpAfterRestore(app)) app.log.info('this store was restored from a backup; it is caught up');
    await app.database.write((d) => seedLibrary(d, { nowMs: Date.now() }));
    await app.channels.pushKeys();
    await sayWhatIsMissing(app);
    startBackgroundWork(app);
    stopWithTheProcess(app, http);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Regrasp cannot start.'}\n`);
    process.exit(1);
  }
}

/** What does not stop the app, and what somebody should hear of at once, a sentence each. */
async function sayWhatIsMissing(app: AppProcess): Promise<void> {
  const { MEDIA_DIR, LIVEKIT_API_URL, LIVEKIT_URL } = app.env;
  if (!(await isWritable(MEDIA_DIR)))
    app.log.error(
      `MEDIA_DIR ${MEDIA_DIR} cannot be written: no upload is taken. Give this process the right to write there.`,
    );
  else if (!(await ownsMedia(app)))
    app.log.error(
      'MEDIA_DIR holds the objects of another database, or not those that this one names; no upload is taken',
    );
  sayHowNewsLeaves(app);
  const { kind } = await askMediaServer(app);
  const where = LIVEKIT_API_URL ?? LIVEKIT_URL;
  if (kind === 'refused')
    app.log.error(
      `The media server at ${where} refuses the keys: compare LIVEKIT_API_KEY and LIVEKIT_API_SECRET with its own, and its clock. Visits offer the phone.`,
    );
  if (kind === 'unreachable')
    app.log.error(`The media server at ${where} does not answer. Visits offer the phone until it does.`);
}

/** Where nothing leaves, or only to a folder, nobody should wait for an e-mail. */
function sayHowNewsLeaves({ env, log }: AppProcess): void {
  const mail = mailEnv(env);
  if (!mail)
    log.warn(
      'No e-mail leaves this app: set SMTP_URL and MAIL_FROM (docs/delivery.md). News is seen in the app alone.',
    );
  if (mail?.kind === 'folder') log.warn(`E-mails are written to ${mail.folder} and sent to nobody.`);
}

/** So long may an answer take that was begun before the process was told to end. */
const ANSWERS_MS = 15_000;

/**
 * When told to end: no new connection, streams closed, what is under way answered, jobs let go, the database last. The
 * framework's own way (which `NEXT_MANUAL_SIG_HANDLE` turns off) ends the process while work is still being put down.
 */
function stopWithTheProcess(app: AppProcess, http: HttpServers): void {
  const stop = async () => {
    app.live.end();
    await http.close(ANSWERS_MS);
    await stopProcess(app);
    process.exit(0);
  };
  const stopOnce = () => {
    stop().catch((err: unknown) => {
      app.log.error({ err }, 'the process did not stop cleanly');
      process.exit(1);
    });
  };
  process.once('SIGTERM', stopOnce);
  process.once('SIGINT', stopOnce);
}
