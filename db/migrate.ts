import 'server-only';
import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { copyBeside } from './copies';
import { explainStoreError, StoreRefusal } from './refusal';
import {
  type Applied,
  lostTables,
  type Migration,
  openableFrom,
  type RowCounts,
  readReleased,
  schemaStanding,
} from './released';

/** Drizzle's own bookkeeping, so that its tools read what we write. */
const SQLITE_TABLE = '__drizzle_migrations';
const POSTGRES_TABLE = 'drizzle.__drizzle_migrations';

/** Any number, the same in every release: one process migrates at a time. */
const ADVISORY_KEY = 7_264_730_113;

export const NEWER = (where: string) =>
  `${where} was made by a newer release of Regrasp, which does not let this one open it. Start the newer release, or restore a copy or backup from before it.`;

/** What a SQLite database says of its schema; reads two rows, however large it is. */
export function readAppliedSqlite(connection: Sqlite.Database): Applied {
  const names = new Set(
    connection.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[],
  );
  const single = (sql: string) => (connection.prepare(sql).pluck().get() ?? null) as number | null;
  return {
    newest: names.has(SQLITE_TABLE) ? single(`select max(created_at) from ${SQLITE_TABLE}`) : null,
    openableFrom: names.has('store') ? single('select openable_from from store') : null,
  };
}

/**
 * Brings a SQLite database to this release's schema, where it is behind: a copy beside it, then all migrations, their
 * proof and their record in one transaction. Nobody else may have it open. Throws `StoreRefusal`; then nothing is changed.
 * drizzle-kit rebuilds SQLite tables by drop-and-rename, which deletes child rows while foreign keys are on.
 */
export function migrateSqlite(file: string, folder: string, nowMs = Date.now()): void {
  const released = readReleased(folder);
  let copy: string | null = null;
  let connection: Sqlite.Database | null = null;
  try {
    connection = new Sqlite(file, { timeout: 5000 });
    for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=OFF']) connection.pragma(pragma);
    const standing = schemaStanding(readAppliedSqlite(connection), released);
    if (standing.kind === 'newer') throw new StoreRefusal(NEWER(file));
    if (standing.kind === 'current') return;
    const [next] = standing.pending;
    if (next && tableNames(connection).length > 0) copy = copyBeside(connection, file, next.tag, nowMs);
    runOnSqlite(connection, standing.pending, openableFrom(released), nowMs);
  } catch (error) {
    throw migrationRefusal(error, file, copy);
  } finally {
    connection?.close();
  }
}

function runOnSqlite(connection: Sqlite.Database, pending: readonly Migration[], from: number, nowMs: number): void {
  const all = connection.transaction(() => {
    const before = countSqlite(connection);
    connection.exec(
      `create table if not exists ${SQLITE_TABLE} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
    );
    const record = connection.prepare(`insert into ${SQLITE_TABLE} (hash, created_at) values (?, ?)`);
    for (const { statements, hash, when } of pending) {
      for (const statement of statements) connection.exec(statement);
      record.run(hash, when);
    }
    connection
      .prepare('insert into store (id, made_at, openable_from) select ?, ?, 0 where not exists (select 1 from store)')
      .run(randomUUID(), nowMs);
    connection.prepare('update store set openable_from = ?').run(from);
    refuseLoss(before, countSqlite(connection), pending);
    const broken = (connection.pragma('foreign_key_check') as unknown[]).length;
    if (broken > 0) throw new Error(`${broken} references would lead nowhere`);
    const sound = connection.pragma('quick_check', { simple: true });
    if (sound !== 'ok') throw new Error(`the database is not sound: ${String(sound)}`);
  });
  all.exclusive();
}

function tableNames(connection: Sqlite.Database): string[] {
  return connection
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'",
    )
    .pluck()
    .all() as string[];
}

function countSqlite(connection: Sqlite.Database): RowCounts {
  return Object.fromEntries(
    tableNames(connection).map((name) => [name, connection.prepare(`select count(*) from "${name}"`).pluck().get()]),
  ) as RowCounts;
}

function refuseLoss(before: RowCounts, after: RowCounts, pending: readonly Migration[]): void {
  const lost = lostTables(before, after, pending);
  if (lost.length > 0) throw new Error(`rows would be lost in ${lost.join(', ')}`);
}

function migrationRefusal(error: unknown, where: string, copy: string | null): StoreRefusal {
  if (error instanceof StoreRefusal) return error;
  const why = explainStoreError(error, where) ?? (error instanceof Error ? error.message : String(error));
  const back = copy
    ? ` A copy from before is ${copy}; npm run admin -- restore-copy "${copy}" puts it in the database's place.`
    : '';
  return new StoreRefusal(`The migration of ${where} stopped and changed nothing: ${why}${back}`, { cause: error });
}

/** Where a PostgreSQL database is, without user and password. */
export function postgresPlace(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

export async function withPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // A connection that is lost while nothing is asked is an event, which would end the process. The next query says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a PostgreSQL database says of its schema. */
export async function readAppliedPostgres(client: pg.Client): Promise<Applied> {
  const single = async (table: string, sql: string) => {
    const { rows } = await client.query('select to_regclass($1) as found', [table]);
    if (rows[0]?.found === null) return null;
    const answer = await client.query<{ value: string | null }>(sql);
    const value = answer.rows[0]?.value ?? null;
    return value === null ? null : Number(value);
  };
  return {
    newest: await single(POSTGRES_TABLE, `select max(created_at) as value from ${POSTGRES_TABLE}`),
    openableFrom: await single('store', 'select openable_from as value from store'),
  };
}

/** As `migrateSqlite`, without a copy: one process migrates, the others wait for it. */
export async function migratePostgres(url: string, folder: string, nowMs = Date.now()): Promise<void> {
  const released = readReleased(folder);
  const where = postgresPlace(url);
  try {
    await withPostgres(url, async (client) => {
      // Waiting costs nothing where there is nothing to do.
      if (schemaStanding(await readAppliedPostgres(client), released).kind === 'current') return;
      await client.query('select pg_advisory_lock($1)', [ADVISORY_KEY]);
      const standing = schemaStanding(await readAppliedPostgres(client), released);
      if (standing.kind === 'newer') throw new StoreRefusal(NEWER(where));
      if (standing.kind === 'behind') await runOnPostgres(client, standing.pending, openableFrom(released), nowMs);
    });
  } catch (error) {
    throw migrationRefusal(error, where, null);
  }
}

async function runOnPostgres(client: pg.Client, pending: readonly Migration[], from: number, nowMs: number) {
  await client.query('begin');
  const before = await countPostgres(client);
  await client.query('create schema if not exists drizzle');
  await client.query(
    `create table if not exists ${POSTGRES_TABLE} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  );
  for (const { statements, hash, when } of pending) {
    for (const statement of statements) await client.query(statement);
    await client.query(`insert into ${POSTGRES_TABLE} (hash, created_at) values ($1, $2)`, [hash, when]);
  }
  await client.query(
    'insert into store (id, made_at, openable_from) select $1, $2, 0 where not exists (select 1 from store)',
    [randomUUID(), nowMs],
  );
  await client.query('update store set openable_from = $1', [from]);
  refuseLoss(before, await countPostgres(client), pending);
  // What fails above ends the connection, and with it the transaction.
  await client.query('commit');
}

async function countPostgres(client: pg.Client): Promise<RowCounts> {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const counted = await client.query<{ n: string }>(`select count(*) as n from "${name}"`);
    counts[name] = Number(counted.rows[0]?.n);
  }
  return counts;
}
