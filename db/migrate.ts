import 'server-only';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqliteFolder } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgresFolder } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { POSTGRES } from './columns';
import { sqliteFile } from './open';

const folder = (root: string, dialect: 'sqlite' | 'postgres') => join(root, 'db', 'migrations', dialect);

/** Brings the database to this release's schema. `root` is the folder that holds `db/`. */
export async function migrateDatabase(url: string, root: string): Promise<void> {
  if (POSTGRES) await migratePostgres(url, folder(root, 'postgres'));
  else migrateSqlite(sqliteFile(url), folder(root, 'sqlite'));
}

async function migratePostgres(url: string, migrationsFolder: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await migratePostgresFolder(drizzlePostgres(pool), { migrationsFolder });
  } finally {
    await pool.end();
  }
}

/**
 * Copy, foreign keys off, migrate, check, or put the copy back. drizzle-kit rebuilds SQLite tables by
 * drop-and-rename, which deletes child rows while foreign keys are on.
 */
export function migrateSqlite(file: string, migrationsFolder: string, mayShrink: readonly string[] = []): void {
  mkdirSync(dirname(file), { recursive: true });
  const copy = `${file}.pre-migrate`;
  const connection = new Sqlite(file, { timeout: 5000 });
  connection.pragma('journal_mode=WAL');
  connection.pragma('synchronous=FULL');
  connection.pragma('foreign_keys=OFF');
  const before = rowCounts(connection);
  const hasData = Object.keys(before).length > 0;
  try {
    if (hasData) {
      rmSync(copy, { force: true });
      connection.prepare('vacuum into ?').run(copy);
    }
    migrateSqliteFolder(drizzleSqlite(connection), { migrationsFolder });
    refuseDamage(connection, before, mayShrink);
    connection.close();
  } catch (error) {
    connection.close();
    if (hasData && existsSync(copy)) restore(copy, file);
    throw error;
  }
  rmSync(copy, { force: true });
}

function restore(copy: string, file: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
  copyFileSync(copy, file);
}

function rowCounts(connection: Sqlite.Database): Record<string, number> {
  const names = connection
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    names.map((name) => [name, connection.prepare(`select count(*) from "${name}"`).pluck().get() as number]),
  );
}

function refuseDamage(connection: Sqlite.Database, before: Record<string, number>, mayShrink: readonly string[]): void {
  const broken = connection.pragma('foreign_key_check') as unknown[];
  const after = rowCounts(connection);
  const lost = Object.entries(before).filter(
    ([name, count]) => !mayShrink.includes(name) && (after[name] ?? 0) < count,
  );
  const integrity = connection.pragma('integrity_check', { simple: true });
  if (broken.length > 0 || lost.length > 0 || integrity !== 'ok') {
    const names = lost.map(([name]) => name).join(', ') || 'none';
    throw new Error(
      `migration refused: ${broken.length} broken references, fewer rows in ${names}, integrity ${String(integrity)}`,
    );
  }
}
