import 'server-only';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { POSTGRES } from '../columns';
import { migrateSqlite } from '../migrate';

/** `when` of the first migration of a later release. */
export const LATER_AT = 4_000_000_000_000;

export const DIALECT = POSTGRES ? 'postgres' : 'sqlite';

/** A release's root that holds our migrations and these after them, as a later release would. To be removed by the caller. */
export function makeReleaseWith(...later: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'regrasp-release-'));
  const folder = join(root, 'db/migrations', DIALECT);
  mkdirSync(folder, { recursive: true });
  cpSync(join(process.cwd(), 'db/migrations', DIALECT), folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: object[] };
  later.forEach((sql, n) => {
    const tag = `09${n}0_later`;
    journal.entries.push({ idx: 90 + n, version: '6', when: LATER_AT + n, tag, breakpoints: true });
    writeFileSync(join(folder, `${tag}.sql`), sql);
  });
  writeFileSync(file, JSON.stringify(journal));
  return root;
}

/** A SQLite database as a release leaves it that lets none before it open its schema. */
export function makeNewerDatabase(file: string): void {
  const root = makeReleaseWith('create table later_things (id text primary key);');
  migrateSqlite(file, join(root, 'db/migrations/sqlite'));
  rmSync(root, { recursive: true, force: true });
  const connection = new Sqlite(file);
  connection.prepare('update store set openable_from = ?').run(LATER_AT);
  connection.close();
}
