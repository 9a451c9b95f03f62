import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { POSTGRES } from './columns';
import { listCopies } from './copies';
import { makeInDatabase } from './factories/database';
import { dumpHash } from './factories/dump';
import { makeNews, readAllDeliveries } from './factories/news';
import { makeClinic, makePatient, makeStaff } from './factories/people';
import { DIALECT, LATER_AT, makeReleaseWith } from './factories/release';
import { copyTemplate } from './factories/test-database';
import { migratePostgres, migrateSqlite, withPostgres } from './migrate';
import { sqliteFile } from './open';
import { listClinics } from './queries/clinic/clinics';
import { StoreRefusal } from './refusal';
import { takeStore } from './take-store';

const state = { url: '', drop: async () => {}, roots: [] as string[] };

function releaseWith(...later: string[]): string {
  const root = makeReleaseWith(...later);
  state.roots.push(root);
  return root;
}

async function migrate(root: string): Promise<void> {
  const folder = join(root, 'db/migrations', DIALECT);
  if (POSTGRES) await migratePostgres(state.url, folder);
  else migrateSqlite(sqliteFile(state.url), folder);
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  if (POSTGRES) return await withPostgres(state.url, async (client) => (await client.query(sql)).rows);
  const connection = new Sqlite(sqliteFile(state.url));
  try {
    const statement = connection.prepare(sql);
    return (statement.reader ? statement.all() : [statement.run()]) as Record<string, unknown>[];
  } finally {
    connection.close();
  }
}

const sentenceOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof StoreRefusal ? error.message : `a fault: ${String(error)}`),
  );

beforeEach(async () => {
  await state.drop();
  Object.assign(state, await copyTemplate(inject('template')));
  await makeInDatabase(state.url, (made) =>
    made.write(function* (d) {
      const clinicId = yield* makeClinic(d);
      const lead = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
      yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead });
    }),
  );
});
afterAll(async () => {
  await state.drop();
  for (const root of state.roots) rmSync(root, { recursive: true, force: true });
});

describe('a database that is current', () => {
  it('is left as it is: nothing is copied and no row changes', async () => {
    const before = await dumpHash(state.url);
    (await takeStore(state.url, process.cwd(), 'app'))();
    expect(await dumpHash(state.url)).toBe(before);
    expect(POSTGRES ? [] : listCopies(sqliteFile(state.url))).toEqual([]);
  });

  it('is one store, with an id of its own', async () => {
    const rows = await ask('select id, openable_from from store');
    expect(rows).toEqual([{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), openable_from: expect.anything() }]);
  });
});

describe('a database that is behind', () => {
  it('is migrated by an app, with every row, and keeps a copy from before', async () => {
    const root = releaseWith('create table later_things (id text primary key);');
    const before = await dumpHash(state.url);
    (await takeStore(state.url, root, 'app'))();
    expect(await ask('select count(*) as n from later_things')).toHaveLength(1);
    expect(await makeInDatabase(state.url, (made) => made.read((d) => listClinics(d)))).toHaveLength(1);
    if (POSTGRES) return;
    const [copy] = listCopies(sqliteFile(state.url));
    expect(copy).toContain('.before-0900_later-');
    expect(await dumpHash(`file:${copy}`)).toBe(before);
  });

  it('has no news that an upgrade would send: what is there when news begins to leave counts as decided', async () => {
    const folder = join('db/migrations', DIALECT);
    const file = readdirSync(folder).find((name) => name.endsWith('_deliveries.sql')) ?? '';
    const last = readFileSync(join(folder, file), 'utf8').split('--> statement-breakpoint').at(-1) ?? '';
    const { rows, unplanned } = await makeInDatabase(state.url, async (made) => {
      await made.write(function* (d) {
        const clinicId = yield* makeClinic(d);
        const { userId } = yield* makeStaff(d, { clinicId, name: 'Noor Haddad' });
        yield* makeNews(d, { clinicId, userId, kind: 'care_team_joined', at: 1 });
      });
      const before = await made.read((d) => readAllDeliveries(d));
      expect(before.unplanned).toBe(1);
      await ask(last);
      return await made.read((d) => readAllDeliveries(d));
    });
    expect({ rows, unplanned }).toEqual({ rows: [], unplanned: 0 });
  });

  it('is not migrated by a worker or a command, which say what to do', async () => {
    const root = releaseWith('create table later_things (id text primary key);');
    const before = await dumpHash(state.url);
    expect(await sentenceOf(takeStore(state.url, root, 'guest'))).toContain(
      'waits for a migration. Start Regrasp once',
    );
    expect(await dumpHash(state.url)).toBe(before);
  });

  it.each([
    ['cannot be run', 'create table half (id text);\n--> statement-breakpoint\nselect * from nowhere;', 'nowhere'],
    ['would lose rows', 'delete from care_team;', 'rows would be lost in care_team'],
    ['would lose a table', 'drop table care_team;', 'rows would be lost in care_team'],
  ])('by a migration that %s changes nothing, and says so', async (_, sql, why) => {
    const before = await dumpHash(state.url);
    const sentence = await sentenceOf(migrate(releaseWith('create table first (id text);', sql)));
    expect(sentence).toContain('stopped and changed nothing');
    expect(sentence).toContain(why);
    expect(await dumpHash(state.url)).toBe(before);
    expect(sentence.includes('npm run admin -- restore-copy')).toBe(!POSTGRES);
  });

  it('is migrated once when two start at the same instant, and no start changes it twice', async () => {
    const root = releaseWith('create table later_things (id text primary key);');
    const starts = await Promise.all([0, 1].map(() => sentenceOf(migrate(root))));
    expect(starts).toEqual(['no refusal', 'no refusal']);
    const table = POSTGRES ? 'drizzle.__drizzle_migrations' : '__drizzle_migrations';
    expect(await ask(`select hash from ${table} where created_at = ${LATER_AT}`)).toHaveLength(1);
  });

  it('keeps the last three copies', async () => {
    const tables = ['one', 'two', 'three', 'four', 'five'];
    const made = tables.map((name) => `create table ${name} (id text);`);
    for (let n = 1; n <= made.length; n++) await migrate(releaseWith(...made.slice(0, n)));
    const copies = POSTGRES
      ? []
      : listCopies(sqliteFile(state.url)).map((copy) => copy.split('.before-')[1]?.slice(0, 4));
    expect(copies).toEqual(POSTGRES ? [] : ['0940', '0930', '0920']);
  });
});

describe('a database of a newer release', () => {
  it('is refused by an app and by a guest, with every row as it was', async () => {
    await migrate(releaseWith('create table later_things (id text primary key);'));
    await ask(`update store set openable_from = ${LATER_AT}`);
    const before = await dumpHash(state.url);
    for (const as of ['app', 'guest'] as const) {
      expect(await sentenceOf(takeStore(state.url, process.cwd(), as))).toContain('was made by a newer release');
    }
    expect(await dumpHash(state.url)).toBe(before);
  });

  it('is opened where that release allows this one', async () => {
    await migrate(releaseWith('create table later_things (id text primary key);'));
    const before = await dumpHash(state.url);
    (await takeStore(state.url, process.cwd(), 'app'))();
    expect(await dumpHash(state.url)).toBe(before);
  });
});
