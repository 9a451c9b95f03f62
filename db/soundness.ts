import 'server-only';
import Sqlite from 'better-sqlite3';
import type pg from 'pg';
import { POSTGRES } from './columns';
import { withPostgres } from './migrate';
import { sqliteFile } from './open';

/** So many faults of a kind are named; more say nothing more. */
const NAMED = 10;

/** What is wrong inside a database that may be in use, a line each; reads all of it. */
export async function databaseFaults(url: string): Promise<string[]> {
  return POSTGRES ? await withPostgres(url, postgresFaults) : sqliteFaults(sqliteFile(url));
}

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

type ForeignKey = { child: string; parent: string; pairs: [string, string][] };

const FOREIGN_KEYS = `
  select child.relname as child, parent.relname as parent,
    (select json_agg(json_build_array(ca.attname, pa.attname))
       from unnest(c.conkey, c.confkey) as pair(ck, pk)
       join pg_attribute ca on ca.attrelid = c.conrelid and ca.attnum = pair.ck
       join pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = pair.pk) as pairs
  from pg_constraint c
    join pg_class child on child.oid = c.conrelid
    join pg_class parent on parent.oid = c.confrelid
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace
  order by 1, 2`;

const UNSOUND = `
  select 'index ' || i.indexrelid::regclass || ' is not valid' as line from pg_index i where not i.indisvalid
  union all
  select 'constraint ' || conname || ' was never proved' from pg_constraint where not convalidated`;

/** PostgreSQL keeps references itself; who loaded rows past its triggers left them unproved. */
async function postgresFaults(client: pg.Client): Promise<string[]> {
  const unsound = await client.query<{ line: string }>(UNSOUND);
  const faults = unsound.rows.map(({ line }) => line);
  const { rows } = await client.query<ForeignKey>(FOREIGN_KEYS);
  for (const { child, parent, pairs } of rows) {
    const on = pairs.map(([from, to]) => `p."${to}" = c."${from}"`).join(' and ');
    const given = pairs.map(([from]) => `c."${from}" is not null`).join(' and ');
    const missing = `select 1 from "${child}" c where ${given} and not exists (select 1 from "${parent}" p where ${on}) limit 1`;
    const found = await client.query(missing);
    if (found.rows.length > 0) faults.push(`a row of ${child} refers to one of ${parent} that is not there`);
  }
  return faults;
}

/** What time it is for the database, epoch ms; null where it has no clock of its own. */
export async function databaseClock(url: string): Promise<number | null> {
  if (!POSTGRES) return null;
  return await withPostgres(url, async (client) => {
    const { rows } = await client.query<{ at: string }>('select extract(epoch from clock_timestamp()) * 1000 as at');
    return Number(rows[0]?.at);
  });
}
