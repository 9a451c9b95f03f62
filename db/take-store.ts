import 'server-only';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { isPostgres, POSTGRES } from './columns';
import { listCopies, wasHere } from './copies';
import { type Hold, holdStore } from './lock';
import {
  migratePostgres,
  migrateSqlite,
  NEWER,
  postgresPlace,
  readAppliedPostgres,
  readAppliedSqlite,
  withPostgres,
} from './migrate';
import { sqliteFile } from './open';
import { asRefusal, StoreRefusal } from './refusal';
import { readReleased, type SchemaStanding, schemaStanding } from './released';
import { restoringFile, restoringOnPostgres, UNFINISHED } from './restoring';

const MISSING = (file: string) =>
  `There is no database at ${file} yet. Start Regrasp once (npm start), which makes it, then run this again.`;
const BEHIND = (where: string) =>
  `${where} waits for a migration. Start Regrasp once (npm start), which migrates it, then run this again.`;
const GONE = (file: string, copy: string | undefined) =>
  `${file} is missing, though it was here before. Nothing new is made in its place: put it back${
    copy ? `, or run npm run admin -- restore-copy "${copy}"` : ''
  }, or choose another DATABASE_URL.`;

/**
 * Makes the database that the URL names ready for this process, or throws `StoreRefusal` and has changed nothing. An
 * `app` migrates it where it is behind; a `guest` (worker, command) only asks that it is not. `root` is the folder that
 * holds `db/`. On SQLite the database is held until the returned function is called or the process ends.
 */
export async function takeStore(url: string, root: string, as: Exclude<Hold, 'alone'>): Promise<() => void> {
  if (POSTGRES !== isPostgres(url)) throw new Error('DATABASE_URL chose the other engine when this process began');
  const where = POSTGRES ? postgresPlace(url) : sqliteFile(url);
  try {
    if (POSTGRES) return await takePostgres(url, join(root, 'db/migrations/postgres'), as);
    return takeSqlite(where, join(root, 'db/migrations/sqlite'), as);
  } catch (error) {
    throw asRefusal(error, where);
  }
}

function takeSqlite(file: string, folder: string, as: 'app' | 'guest'): () => void {
  if (existsSync(restoringFile(file))) throw new StoreRefusal(UNFINISHED(file));
  if (as === 'guest' && !existsSync(file)) throw new StoreRefusal(MISSING(file));
  if (wasHere(file)) throw new StoreRefusal(GONE(file, listCopies(file)[0]));
  mkdirSync(dirname(file), { recursive: true });
  const release = holdStore(file, as);
  try {
    const standing = readStanding(file, folder);
    if (standing.kind === 'current') return release;
    refuse(standing, file, as);
  } catch (error) {
    release();
    throw error;
  }
  release();
  const releaseAlone = holdStore(file, 'alone');
  try {
    migrateSqlite(file, folder);
  } finally {
    releaseAlone();
  }
  return holdStore(file, as);
}

/** Throws where this process has nothing to do on such a database; an app migrates one that is behind. */
function refuse({ kind }: SchemaStanding, where: string, as: 'app' | 'guest'): void {
  if (kind === 'newer') throw new StoreRefusal(NEWER(where));
  if (kind === 'behind' && as === 'guest') throw new StoreRefusal(BEHIND(where));
}

/** Reads a few rows, and asks for the lock of a writer, so that a file that cannot be written is known now. */
function readStanding(file: string, folder: string): SchemaStanding {
  const connection = new Sqlite(file, { timeout: 5000 });
  try {
    connection.exec('begin immediate');
    const applied = readAppliedSqlite(connection);
    connection.exec('rollback');
    return schemaStanding(applied, readReleased(folder));
  } finally {
    connection.close();
  }
}

async function takePostgres(url: string, folder: string, as: 'app' | 'guest'): Promise<() => void> {
  const released = readReleased(folder);
  const { restoring, applied } = await withPostgres(url, async (client) => ({
    restoring: await restoringOnPostgres(client),
    applied: await readAppliedPostgres(client),
  }));
  if (restoring !== null) throw new StoreRefusal(UNFINISHED(postgresPlace(url)));
  const standing = schemaStanding(applied, released);
  refuse(standing, postgresPlace(url), as);
  if (standing.kind === 'behind') await migratePostgres(url, folder);
  return () => undefined;
}
