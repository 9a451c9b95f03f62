import 'server-only';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { POSTGRES } from '../columns';
import { sqliteFile } from '../open';

/**
 * Runs the work while a table is not there under its name, as after a migration gone wrong. Beside a running app: it
 * has a connection of its own. The table is back afterwards, whatever the work did.
 */
export async function withoutTable<T>(url: string, name: string, work: () => Promise<T>): Promise<T> {
  await ask(url, `alter table ${name} rename to ${name}_away`);
  try {
    return await work();
  } finally {
    await ask(url, `alter table ${name}_away rename to ${name}`);
  }
}

async function ask(url: string, sql: string): Promise<void> {
  if (!POSTGRES) {
    const connection = new Sqlite(sqliteFile(url), { timeout: 5000 });
    connection.exec(sql);
    connection.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
