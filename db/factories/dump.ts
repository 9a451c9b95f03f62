import 'server-only';
import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import stringify from 'safe-stable-stringify';
import { POSTGRES } from '../columns';
import { withPostgres } from '../migrate';
import { sqliteFile } from '../open';

/**
 * Every row of every table, Drizzle's bookkeeping too, as one SHA-256: equal only where nothing was changed. Without the
 * numbers of that bookkeeping: PostgreSQL's sequences go on also where a transaction was rolled back.
 */
export async function dumpHash(url: string, { without = [] }: { without?: readonly string[] } = {}): Promise<string> {
  const all = POSTGRES ? await postgresRows(url) : sqliteRows(sqliteFile(url));
  const rows = all.filter(
    (row) => !without.some((table) => row.startsWith(`${table} `) || row.startsWith(`public.${table} `)),
  );
  const hash = createHash('sha256');
  for (const line of rows.sort()) hash.update(line).update('\n');
  return hash.digest('hex');
}

/** The rows, as JSON after their table's name, in which these characters stand. */
export async function rowsWith(url: string, word: string): Promise<string[]> {
  const rows = POSTGRES ? await postgresRows(url) : sqliteRows(sqliteFile(url));
  return rows.filter((row) => row.includes(word));
}

function sqliteRows(file: string): string[] {
  const connection = new Sqlite(file);
  try {
    const names = connection.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    const made = connection.prepare('select type, name, sql from sqlite_master').all();
    return [
      ...made.map((row) => `${stringify(row)}`),
      ...names.flatMap((name) =>
        connection
          .prepare(`select * from "${name}"`)
          .all()
          .map((row) => `${name} ${stringify(row)}`),
      ),
    ];
  } finally {
    connection.close();
  }
}

async function postgresRows(url: string): Promise<string[]> {
  return await withPostgres(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'drizzle')",
    );
    const lines = tables.rows.map(({ name }) => name);
    for (const { name } of tables.rows) {
      const columns = name === 'drizzle.__drizzle_migrations' ? 'hash, created_at' : '*';
      const { rows } = await client.query(`select ${columns} from ${name}`);
      lines.push(...rows.map((row) => `${name} ${stringify(row)}`));
    }
    return lines;
  });
}
