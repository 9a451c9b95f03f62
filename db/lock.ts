import 'server-only';
import Sqlite from 'better-sqlite3';
import { isRetryable } from './errors';
import { StoreRefusal } from './refusal';

/**
 * How a process uses a SQLite database: `app` beside guests but no other app, `guest` (worker, command) beside an app,
 * `alone` beside nobody, as a migration or a restore must be.
 */
export type Hold = 'app' | 'guest' | 'alone';

/** SQLite's own locks on a file of its own: the system lets them go with the process, so none is left behind. */
const STATEMENTS: Record<Hold, string> = {
  // Shared from the first read on.
  guest: 'begin; select count(*) from sqlite_master',
  app: 'begin immediate',
  alone: 'begin exclusive',
};

const WHY: Record<Hold, (file: string) => string> = {
  guest: (file) => `${file} is being migrated or restored. Run this again when that is done.`,
  app: (file) => `Regrasp already runs on ${file}, or it is being migrated or restored. Stop the other one first.`,
  alone: (file) => `${file} is in use by Regrasp, a worker or a command. Stop it first.`,
};

/** Long enough for a process that is just ending. */
const WAIT_MS = 3000;

/** Holds `<file>.lock` until the returned function is called or the process ends; throws `StoreRefusal` where taken. */
export function holdStore(file: string, hold: Hold): () => void {
  const lock = new Sqlite(`${file}.lock`, { timeout: WAIT_MS });
  try {
    lock.exec(STATEMENTS[hold]);
  } catch (error) {
    lock.close();
    if (isRetryable(error)) throw new StoreRefusal(WHY[hold](file));
    throw error;
  }
  return () => {
    lock.close();
  };
}
