import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';

/**
 * The newest migration of the oldest release that may open a database of this one. Migrations after it only expand:
 * new tables, new columns that may be null. One that takes away or renames comes a release later and raises this.
 */
export const OPENABLE_FROM = '0004_draft_dose';

/** Tables that a migration, by its tag, may leave with fewer rows. */
const MAY_SHRINK: Readonly<Record<string, readonly string[]>> = {};

export type Migration = { tag: string; when: number; hash: string; statements: readonly string[] };

/** This release's migrations, oldest first. `folder` is the dialect's. */
export function readReleased(folder: string): Migration[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }, n) => ({
    tag: entries[n]?.tag ?? '',
    when: folderMillis,
    hash,
    statements: sql,
  }));
}

/** What a database says of itself: `when` of its newest migration, and what a release must have to open it; null = none. */
export type Applied = { newest: number | null; openableFrom: number | null };

export type SchemaStanding = { kind: 'current' } | { kind: 'newer' } | { kind: 'behind'; pending: Migration[] };

/** How a database stands to this release. One that a newer release made may be opened where that release allows it. */
export function schemaStanding({ newest, openableFrom }: Applied, released: readonly Migration[]): SchemaStanding {
  const own = released.at(-1)?.when ?? 0;
  if (newest !== null && newest > own) return { kind: (openableFrom ?? newest) <= own ? 'current' : 'newer' };
  const pending = released.filter(({ when }) => newest === null || when > newest);
  return pending.length > 0 ? { kind: 'behind', pending } : { kind: 'current' };
}

/** `OPENABLE_FROM` as it is kept in the database. */
export function openableFrom(released: readonly Migration[]): number {
  const oldest = released.find(({ tag }) => tag === OPENABLE_FROM);
  if (!oldest) throw new Error(`there is no migration ${OPENABLE_FROM}`);
  return oldest.when;
}

export type RowCounts = Readonly<Record<string, number>>;

/** Tables that have fewer rows after the migrations than before, less those that were to lose some. */
export function lostTables(before: RowCounts, after: RowCounts, pending: readonly Migration[]): string[] {
  const allowed = new Set(pending.flatMap(({ tag }) => MAY_SHRINK[tag] ?? []));
  return Object.keys(before).filter((name) => !allowed.has(name) && (after[name] ?? 0) < (before[name] ?? 0));
}
