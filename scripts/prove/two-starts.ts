import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES } from '../../db/columns';
import { makeReleaseWith } from '../../db/factories/release';
import { copyTemplate } from '../../db/factories/test-database';
import { migratePostgres, migrateSqlite, withPostgres } from '../../db/migrate';
import {
  buildChild,
  fillStore,
  killStarts,
  type Program,
  SLOW_MIGRATION,
  type Stage,
  sqliteStage,
  startTwice,
} from './starts';

/** `full` before an issue is closed, `small` in every run of the tests. */
const SIZES = { full: { rows: 30_000, kills: 100, doubles: 20 }, small: { rows: 10_000, kills: 3, doubles: 1 } };

type Size = keyof typeof SIZES;

/** Every copy is dropped when the next one is made: a hundred of them would fill the disk. */
async function postgresStage(admin: string, program: Program, release: string, rows: number): Promise<Stage> {
  const template = new URL(admin);
  template.pathname = '/regrasp_pristine';
  await withPostgres(admin, async (client) => {
    await client.query('create database regrasp_pristine');
  });
  await migratePostgres(template.href, 'db/migrations/postgres');
  await withPostgres(template.href, async (client) => {
    await client.query('create table filler (id integer primary key, words text not null)');
    await client.query(
      `insert into filler select i, md5(i::text) || md5((i + 1)::text) from generate_series(1, ${rows}) i`,
    );
  });
  let dropLast = async () => {};
  const anew = async () => {
    await dropLast();
    const { url, drop } = await copyTemplate(template.href);
    dropLast = drop;
    return url;
  };
  return { program, release, anew };
}

function pristineSqlite(folder: string, rows: number): string {
  const file = join(folder, 'clinic.sqlite');
  migrateSqlite(file, 'db/migrations/sqlite');
  fillStore(file, rows);
  return file;
}

/** Kills of a start that migrates, and starts of two at once. `admin`: a PostgreSQL server, where that is the engine. */
export async function proveTwoStarts(admin: string, size: Size) {
  const { rows, kills, doubles } = SIZES[size];
  const beganAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-prove-'));
  const release = makeReleaseWith(SLOW_MIGRATION);
  const program = await buildChild();
  try {
    const stage = POSTGRES
      ? await postgresStage(admin, program, release, rows)
      : sqliteStage(pristineSqlite(folder, rows), program, release);
    const killed = await killStarts(stage, kills);
    const twice = await startTwice(stage, doubles);
    const seconds = Math.round((performance.now() - beganAt) / 1000);
    return { tried: killed.tried + twice.tried, lost: 0, wrong: killed.wrong + twice.wrong, killed, twice, seconds };
  } finally {
    program.remove();
    for (const made of [folder, release]) rmSync(made, { recursive: true, force: true });
  }
}
