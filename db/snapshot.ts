import 'server-only';
import { statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type pg from 'pg';
import { readAppliedPostgres, readAppliedSqlite, withPostgres } from './migrate';
import { StoreRefusal } from './refusal';
import type { Applied } from './released';

/** A stored object as a row of a snapshot names it. */
export type NamedObject = { mediaId: string; state: string; key: string; sha256: string | null };

/** What a snapshot says of itself. */
export type SnapshotFacts = { storeId: string; schema: Applied; objects: NamedObject[] };

/** Taken back by their owner and still stored are not named: nobody is to have them again. */
const OBJECTS =
  "select id, state, storage_key, sha256 from media where storage_key is not null and state <> 'deleted' order by id";

type ObjectRow = { id: string; state: string; storage_key: string; sha256: string | null };

const named = ({ id, state, storage_key, sha256 }: ObjectRow): NamedObject => ({
  mediaId: id,
  state,
  key: storage_key,
  sha256,
});

/** In a thread of its own: this one goes on meanwhile. Writers are not held up, here or in the app. */
const VACUUM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Sqlite = require(workerData.driver);
  try {
    const connection = new Sqlite(workerData.file, { timeout: 5000 });
    connection.prepare('vacuum into ?').run(workerData.to);
    connection.close();
    parentPort.postMessage(null);
  } catch (error) {
    parentPort.postMessage({ code: error.code, message: error.message });
  }
`;

/** Writes one consistent state of a SQLite database that is in use to a new file, without free pages. */
export async function snapshotSqlite(file: string, to: string): Promise<void> {
  requireRoom(file, dirname(to));
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(VACUUM, { eval: true, workerData: { driver, file, to }, execArgv: [] });
  const failure = await new Promise<{ code: string; message: string } | null>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  if (failure) throw Object.assign(new Error(failure.message), { code: failure.code });
}

function requireRoom(file: string, folder: string): void {
  const connection = new Sqlite(file, { readonly: true });
  const pages = Number(connection.pragma('page_count', { simple: true }));
  const needed = pages * Number(connection.pragma('page_size', { simple: true }));
  connection.close();
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1024 ** 2);
  throw new StoreRefusal(
    `The disk that holds ${folder} has ${megabytes(bavail * bsize)} MB free; the snapshot needs ${megabytes(needed)} MB. Make room, then run this again.`,
  );
}

/** Throws where the file is no database of Regrasp. */
export function readSqliteFacts(file: string): SnapshotFacts {
  const connection = new Sqlite(file, { readonly: true });
  try {
    const storeId = connection.prepare('select id from store').pluck().get() as string;
    const objects = (connection.prepare(OBJECTS).all() as ObjectRow[]).map(named);
    return { storeId, schema: readAppliedSqlite(connection), objects };
  } finally {
    connection.close();
  }
}

/**
 * Holds one state of a PostgreSQL database as long as `work` runs: `id` is what `pg_dump --snapshot` takes, so that
 * dump and facts are of the same instant.
 */
export async function withPostgresSnapshot<T>(
  url: string,
  work: (snapshot: { id: string; facts: SnapshotFacts }) => Promise<T>,
): Promise<T> {
  return await withPostgres(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const exported = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    return await work({ id: exported.rows[0]?.id ?? '', facts: await readPostgresFacts(client) });
  });
}

export async function readPostgresFacts(client: pg.Client): Promise<SnapshotFacts> {
  const store = await client.query<{ id: string }>('select id from store');
  const objects = await client.query<ObjectRow>(OBJECTS);
  const schema = await readAppliedPostgres(client);
  return { storeId: store.rows[0]?.id ?? '', schema, objects: objects.rows.map(named) };
}
