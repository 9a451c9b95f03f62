import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES } from '../../db/columns';
import { makeReleaseWith } from '../../db/factories/release';
import { copyTemplate } from '../../db/factories/test-database';
import { migratePostgres, migrateSqlite, withPostgres } from '../../db/migrate';
import { fillStore, killStarts, SLOW_MIGRATION, type Stage, sqliteStage, startTwice } from './starts';

const ROWS = 100_000;

async function postgresStage(admin: string, release: string): Promise<Stage> {
  const template = new URL(admin);
  template.pathname = '/regrasp_pristine';
  await withPostgres(admin, async (client) => {
    await client.query('create database regrasp_pristine');
  });
  await migratePostgres(template.href, 'db/migrations/postgres');
  await withPostgres(template.href, async (client) => {
    await client.query('create table filler (id integer primary key, words text not null)');
    await client.query(
      `insert into filler select i, md5(i::text) || md5((i + 1)::text) from generate_series(1, ${ROWS}) i`,
    );
  });
  return { release, anew: async () => (await copyTemplate(template.href)).url };
}

function pristineSqlite(folder: string): string {
  const file = join(folder, 'clinic.sqlite');
  migrateSqlite(file, 'db/migrations/sqlite');
  fillStore(file, ROWS);
  return file;
}

/** Kills of a start that migrates, and starts of two at once. `admin`: a PostgreSQL server, where that is the engine. */
export async function proveTwoStarts(admin: string) {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-prove-'));
  const release = makeReleaseWith(SLOW_MIGRATION);
  try {
    const stage = POSTGRES ? await postgresStage(admin, release) : sqliteStage(pristineSqlite(folder), release);
    const killed = await killStarts(stage, 100);
    const twice = await startTwice(stage, 20);
    return { tried: killed.tried + twice.tried, lost: 0, wrong: killed.wrong + twice.wrong, killed, twice };
  } finally {
    for (const made of [folder, release]) rmSync(made, { recursive: true, force: true });
  }
}
