import 'server-only';
import Sqlite from 'better-sqlite3';

/** So many faults of a kind are named; more say nothing more. */
const NAMED = 10;

/** What is wrong inside a SQLite file, a line each; reads all of it. Pages and tables are named, never content. */
export function sqliteFaults(file: string): string[] {
  const connection = new Sqlite(file, { readonly: true, timeout: 5000 });
  try {
    const pages = (connection.pragma(`integrity_check(${NAMED})`) as { integrity_check: string }[])
      .map(({ integrity_check }) => integrity_check)
      .filter((line) => line !== 'ok');
    const rows = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
    const leadNowhere = rows.map(
      ({ table, parent }) => `a row of ${table} refers to one of ${parent} that is not there`,
    );
    return [...pages, ...new Set(leadNowhere)].slice(0, NAMED);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    connection.close();
  }
}
