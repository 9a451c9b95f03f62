import 'server-only';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { POSTGRES } from './columns';
import { isRetryable } from './errors';
import { sqliteFile } from './open';
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

/** Any number, the same in every release: one backup of a PostgreSQL database at a time. */
const BACKUP_KEY = 7_264_730_114;

const BACKED_UP = 'A backup of this store is being made already. Try again when that has ended.';

/** One backup of a store at a time, until the returned function is called or the process ends; throws `StoreRefusal`. */
export async function holdBackupTurn(url: string): Promise<() => Promise<void>> {
  return POSTGRES ? await holdPostgresTurn(url) : holdSqliteTurn(sqliteFile(url));
}

function holdSqliteTurn(file: string): () => Promise<void> {
  const lock = new Sqlite(`${file}.backup-lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (isRetryable(error)) throw new StoreRefusal(BACKED_UP);
    throw error;
  }
  return async () => {
    lock.close();
  };
}

async function holdPostgresTurn(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [BACKUP_KEY]);
  if (rows[0]?.held) return () => client.end();
  await client.end();
  throw new StoreRefusal(BACKED_UP);
}
