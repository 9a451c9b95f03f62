import 'server-only';
import type { Server as UploadServer } from '@tus/server';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Logger } from 'pino';
import { type Database, openDatabase } from '#db/open';
import { takeStore } from '#db/take-store';
import { type Channels, createChannels } from '#server/contact/channels';
import { createPushKeys } from '#server/contact/push-keys';
import { diskStorage, type Storage } from '#server/media/storage';
import { type Env, parseEnv } from './env';
import { createLive, type Live } from './live';
import { createLog } from './log';

/**
 * The state of this process, made once. Next compiles instrumentation, route handlers, server components and
 * `pages/api` apart, so a module variable would exist four times: everything lives here, on `globalThis`.
 */
export type AppProcess = {
  readonly env: Env;
  readonly log: Logger;
  readonly database: Database;
  readonly live: Live;
  readonly storage: Storage;
  /** The ways by which news leaves the app, with their connections. */
  readonly channels: Channels;
  /** The turns of password hashes. */
  readonly hashing: LimitFunction;
  readonly root: string;
  /** Work that must finish before the process ends, such as access rows written after an answer. */
  readonly pending: Set<Promise<unknown>>;
  readonly stops: (() => Promise<void>)[];
  /** Lets the database go to another process, once it is closed. */
  releaseStore?: () => void;
  /** Media objects that no row names and that the sweep left alone, being too many; see `left-overs.ts`. */
  heldLeftOvers?: number;
  /** Made at the first upload; its locks must be seen by every request. */
  uploads?: UploadServer;
  /** What is under way and must not overlap in this process; see `runSerialised`. */
  turns?: Map<string, Promise<unknown>>;
};

/** A flood of sign-ins must not take the machine from everyone else. */
const HASHES_AT_ONCE = 4;

const KEY = Symbol.for('regrasp.process');
type Holder = { [KEY]?: AppProcess };

/** The running process; it must have been started. */
export function getProcess(): AppProcess {
  const running = (globalThis as Holder)[KEY];
  if (!running) throw new Error('the process was not started');
  return running;
}

/** Opens what a process needs, on a database that is ready. */
export function createProcess(env: Env, root: string): AppProcess {
  const log = createLog(env.REGRASP_LOG);
  const database = openDatabase(env.DATABASE_URL);
  const storage = diskStorage(env.MEDIA_DIR);
  const live = createLive(database, log);
  const channels = createChannels(env, { pushKeys: createPushKeys(database) });
  const hashing = pLimit(HASHES_AT_ONCE);
  return { env, log, database, storage, channels, hashing, live, root, pending: new Set(), stops: [] };
}

/**
 * Environment, then the database, as its `app` or as a `guest` beside one. Called by instrumentation and scripts, once.
 * Throws `EnvError` or `StoreRefusal` with a sentence for the terminal.
 */
export async function startProcess(
  source: Record<string, string | undefined>,
  root: string,
  as: 'app' | 'guest',
): Promise<AppProcess> {
  const holder = globalThis as Holder;
  if (holder[KEY]) return holder[KEY];
  const env = parseEnv(source);
  const releaseStore = await takeStore(env.DATABASE_URL, root, as);
  holder[KEY] = { ...createProcess(env, root), releaseStore };
  return holder[KEY];
}

/** Lets pending work finish, stops workers in reverse order, closes the database. */
export async function stopProcess(app: AppProcess): Promise<void> {
  for (const stop of [...app.stops].reverse()) await stop();
  await Promise.allSettled(app.pending);
  app.channels.close();
  await app.live.close();
  await app.database.close();
  app.releaseStore?.();
}

/** Runs work after the answer has been given; a failure is logged, never thrown into a request. */
export function afterwards(app: AppProcess, name: string, work: () => Promise<unknown>): void {
  const promise: Promise<unknown> = new Promise<void>((resolve) => setImmediate(resolve))
    .then(work)
    .catch((err: unknown) => app.log.error({ err, work: name }, 'work after the answer failed'))
    .finally(() => app.pending.delete(promise));
  app.pending.add(promise);
}
