import 'server-only';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { Body } from '../body';
import { POSTGRES } from '../columns';
import { sqliteFile } from '../open';

type Statement = { sql: string; params: unknown[] };
export type Tally = { statements: Statement[]; rows: number };

/** Runs a body and counts its statements and the rows that they answered with. */
export function* tallied<T>(body: Body<T>, tally: Tally): Body<T> {
  let next = body.next();
  while (!next.done) {
    tally.statements.push((next.value as unknown as { toSQL(): Statement }).toSQL());
    const answer: unknown = yield next.value;
    if (Array.isArray(answer)) tally.rows += answer.length;
    next = body.next(answer);
  }
  return next.value;
}

/** How the engine would run these statements, line by line of its plans; nothing is executed. */
export async function plansOf(url: string, statements: readonly Statement[]): Promise<string[]> {
  return POSTGRES ? await plansOfPostgres(url, statements) : plansOfSqlite(url, statements);
}

/** What the engine would read whole for these statements. */
export async function wholeReads(url: string, statements: readonly Statement[]): Promise<string[]> {
  return (await plansOf(url, statements)).filter((line) => /\bSCAN (?!\d+-ROW VALUES|CONSTANT)|Seq Scan/.test(line));
}

function plansOfSqlite(url: string, statements: readonly Statement[]): string[] {
  const connection = new Sqlite(sqliteFile(url), { readonly: true });
  try {
    return statements.flatMap(({ sql, params }) => {
      const bound = params.map((value) => (typeof value === 'boolean' ? Number(value) : value));
      return connection
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...bound)
        .map(({ detail }) => detail);
    });
  } finally {
    connection.close();
  }
}

async function plansOfPostgres(url: string, statements: readonly Statement[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Small tables are read whole because that is cheap; asked is whether they would have to be.
    await client.query('set enable_seqscan = off');
    const lines: string[] = [];
    for (const { sql, params } of statements) {
      const plan = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
      lines.push(...plan.rows.map((row) => row['QUERY PLAN']));
    }
    return lines;
  } finally {
    await client.end();
  }
}
