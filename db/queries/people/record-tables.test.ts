import { readdirSync } from 'node:fs';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { POSTGRES } from '#db/columns';
import { POLICIES } from '#domain/people/access';
import type { RecordTable } from './record-table';
import { RECORD_TABLES } from './record-tables';

type AnyTable = PgTable;
const isTable = (value: unknown): value is AnyTable => is(value, PgTable) || is(value, SQLiteTable);

async function allTables(): Promise<[string, AnyTable][]> {
  const found: [string, AnyTable][] = [];
  for (const file of readdirSync('db/schema')) {
    const module: Record<string, unknown> = await import(`../../schema/${file.replace('.ts', '')}.ts`);
    for (const [name, value] of Object.entries(module)) if (isTable(value)) found.push([name, value]);
  }
  return found;
}

/** Names of the tables that a table refers to. */
function parentsOf(table: AnyTable): string[] {
  const keys = POSTGRES ? postgresConfig(table).foreignKeys : sqliteConfig(table as unknown as SQLiteTable).foreignKeys;
  return keys.map((key) => getTableName(key.reference().foreignTable));
}

/** A table knows a patient by a column of that name, or by referring to a table that does. */
async function tablesThatKnowAPatient(): Promise<Map<string, AnyTable>> {
  const all = await allTables();
  const knows = new Set(['patients']);
  // What people share is no patient's: an account is reached through the record, not the other way round.
  const shared = new Set(['users', 'clinics', 'memberships', 'exercises', 'exercise_versions']);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [, table] of all) {
      const name = getTableName(table);
      if (knows.has(name) || shared.has(name)) continue;
      const says = Object.keys(getTableColumns(table)).includes('patientId');
      if (says || parentsOf(table).some((parent) => knows.has(parent))) {
        knows.add(name);
        grown = true;
      }
    }
  }
  return new Map(all.filter(([, table]) => knows.has(getTableName(table))));
}

const named = Object.entries(RECORD_TABLES) as [string, RecordTable][];

describe('tables that know a patient', () => {
  it('are all named for export, erasure, keeping and reading', async () => {
    const missing = [...(await tablesThatKnowAPatient()).keys()].filter((name) => !(name in RECORD_TABLES));
    expect(missing).toEqual([]);
  });

  it('are named as in the schema, so that an export has the schema’s names', async () => {
    const all = new Map(await allTables());
    for (const [name, { table }] of named) expect(all.get(name), name).toBe(table);
  });

  it.each(named)('%s: its rows are read by a policy of the access matrix, or by nobody', (_, { readBy, exported }) => {
    expect(readBy === null ? exported : readBy in POLICIES).toSatisfy((said) => said === 'nobody' || said === true);
  });

  it.each(named)('%s: leaves out only fields that it has', (_, { table, omit = [], omitForPatient = [] }) => {
    expect(Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining([...omit, ...omitForPatient]));
  });

  it.each(named)('%s: no secret is exported', (_, { table, exported, omit = [] }) => {
    const secrets = Object.keys(getTableColumns(table)).filter((field) =>
      /hash$|token|password|storageKey|roomName|sessionId/i.test(field),
    );
    if (exported !== 'nobody') expect(secrets.filter((field) => !omit.includes(field) && field !== 'hash')).toEqual([]);
  });

  it('go children before parents', () => {
    const order = named.map(([, { table }]) => getTableName(table));
    for (const [, { table, erased }] of named) {
      if (erased !== 'deleted') continue;
      for (const parent of parentsOf(table)) {
        const at = order.indexOf(parent);
        if (at >= 0 && parent !== 'users')
          expect(at, `${getTableName(table)} before ${parent}`).toBeGreaterThan(order.indexOf(getTableName(table)));
      }
    }
  });
});
