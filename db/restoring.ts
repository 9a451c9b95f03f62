import 'server-only';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type pg from 'pg';
import { withPostgres } from './migrate';
import { StoreRefusal } from './refusal';
import { readPostgresFacts, type SnapshotFacts } from './snapshot';

/** Under this name a SQLite database is put together; it gets its own name when everything is in its place. */
export const restoringFile = (file: string) => `${file}.restoring`;

/** In a PostgreSQL database that a restore is not done with, a schema of this name; its comment says of which backup. */
const MARK = 'regrasp_restoring';

export const UNFINISHED = (where: string) =>
  `A restore into ${where} was not finished. Run npm run admin -- restore again; it goes on where it was.`;

const NOT_EMPTY = (where: string) =>
  `${where} is not empty. A backup is restored into an empty place only: choose another DATABASE_URL, or move away what is there.`;

/** Throws where something is at the file's place, or would be taken for a part of the restored one. */
export function requireNoSqlite(file: string): void {
  const folder = dirname(file);
  const parts = ['', '-wal', '-shm', '-journal'].map((ending) => basename(file) + ending);
  if (existsSync(folder) && readdirSync(folder).some((name) => parts.includes(name)))
    throw new StoreRefusal(NOT_EMPTY(file));
}

export async function beginSqlite(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  if (!existsSync(restoringFile(file))) writeFileSync(restoringFile(file), '', { mode: 0o600 });
}

/** The database gets its name: from now on it is there. */
export function finishSqlite(file: string): void {
  requireNoSqlite(file);
  renameSync(restoringFile(file), file);
}

/** Which backup a PostgreSQL database is being restored from; null = none. */
export async function restoringOnPostgres(client: pg.Client): Promise<string | null> {
  const found = await client.query<{ id: string | null }>(
    "select coalesce(obj_description(oid, 'pg_namespace'), '') as id from pg_namespace where nspname = $1",
    [MARK],
  );
  return found.rows[0]?.id ?? null;
}

/** Throws where the database holds anything but what a restore of this backup has put there. */
export async function requireNoPostgres(url: string, where: string, backupId: string): Promise<void> {
  await withPostgres(url, async (client) => {
    const begun = await restoringOnPostgres(client);
    if (begun === backupId) return;
    if (begun !== null) throw new StoreRefusal(`${UNFINISHED(where)} That was another backup.`);
    const { rows } = await client.query(
      // What belongs to an extension was there with the server.
      `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
           and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') limit 1`,
    );
    if (rows.length > 0) throw new StoreRefusal(NOT_EMPTY(where));
  });
}

export async function beginPostgres(url: string, backupId: string): Promise<void> {
  await withPostgres(url, async (client) => {
    if ((await restoringOnPostgres(client)) !== null) return;
    await client.query('begin');
    await client.query(`create schema ${MARK}`);
    await client.query(`comment on schema ${MARK} is ${client.escapeLiteral(backupId)}`);
    await client.query('commit');
  });
}

/** What is in the database; null where its dump was not put in yet, which is one transaction. */
export async function findPostgresFacts(url: string): Promise<SnapshotFacts | null> {
  return await withPostgres(url, async (client) => {
    const { rows } = await client.query<{ found: string | null }>("select to_regclass('public.store') as found");
    return rows[0]?.found ? await readPostgresFacts(client) : null;
  });
}

export async function finishPostgres(url: string): Promise<void> {
  await withPostgres(url, async (client) => {
    await client.query(`drop schema if exists ${MARK}`);
  });
}
