import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCopies } from '../db/copies';
import { makeReleaseWith } from '../db/factories/release';
import { migrateSqlite, withPostgres } from '../db/migrate';
import { StoreRefusal } from '../db/refusal';
import { startPostgres } from './postgres-server';
import { onSmallDisk } from './prove/small-disk';
import {
  buildChild,
  fillStore,
  killStarts,
  type Program,
  SLOW_MIGRATION,
  sqliteStage,
  startTaking,
  startTwice,
} from './prove/starts';

const folder = mkdtempSync(join(tmpdir(), 'regrasp-starting-'));
const disk = mkdtempSync(join(tmpdir(), 'regrasp-disk-'));
const pristine = join(folder, 'clinic.sqlite');
const release = makeReleaseWith(SLOW_MIGRATION);
let program: Program;

beforeAll(async () => {
  program = await buildChild();
  migrateSqlite(pristine, 'db/migrations/sqlite');
  fillStore(pristine, 20_000);
});
afterAll(() => {
  program.remove();
  for (const made of [folder, disk, release]) rmSync(made, { recursive: true, force: true });
});

describe('A start that is killed', () => {
  it('while it migrates leaves every row as before or as after, and the next start goes through', async () => {
    const result = await killStarts(sqliteStage(pristine, program, release), 3);
    expect(result).toMatchObject({ tried: 3, wrong: 0 });
    expect(result.before + result.after).toBe(3);
  }, 60_000);

  it('does so on PostgreSQL too, where of two at once the second waits for the first', async () => {
    const server = await startPostgres();
    const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/prove.ts', 'two-starts', 'small'];
    const { stdout } = spawnSync(process.execPath, args, {
      env: { ...process.env, DATABASE_URL: server.adminUrl },
      encoding: 'utf8',
    });
    await server.stop();
    const { killed, twice } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(killed).toMatchObject({ tried: 3, wrong: 0 });
    expect(twice).toEqual({ tried: 1, ready: 2, refused: 0, wrong: 0 });
  }, 60_000);
});

describe('A connection to PostgreSQL that is lost', () => {
  it('while nothing is asked ends no process: the next query fails', async () => {
    const server = await startPostgres();
    const asked = withPostgres(server.adminUrl, async (client) => {
      const lost = new Promise((resolve) => client.once('end', resolve));
      await server.stop();
      await lost;
      return await client.query('select 1');
    });
    await expect(asked).rejects.toThrow();
  }, 30_000);
});

describe('A migration that fails', () => {
  it('leaves the live file byte for byte: no copy is put over it', () => {
    const file = join(folder, 'failing.sqlite');
    copyFileSync(pristine, file);
    // Free pages: a copy made by SQLite has none, so its bytes are others.
    const connection = new Sqlite(file);
    connection.exec('delete from filler where id % 3 = 0');
    connection.close();
    const before = readFileSync(file);
    const failing = makeReleaseWith('create table half (id text);--> statement-breakpoint\nselect * from nowhere;');
    expect(() => migrateSqlite(file, join(failing, 'db/migrations/sqlite'))).toThrow(StoreRefusal);
    rmSync(failing, { recursive: true });
    expect(listCopies(file)).toHaveLength(1);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

type Outcome = { sentence: string; same: boolean; files: string[] };

describe.runIf(process.platform === 'linux')('A start on a disk', () => {
  const onDisk = (room: string) => {
    const megabytes = Math.ceil(statSync(pristine).size / 1024 ** 2) * 4;
    return onSmallDisk<Outcome>(disk, megabytes, 'scripts/prove/full-disk-start.ts', [disk, pristine, release, room]);
  };

  it('that has no room for the copy says how much it needs and changes nothing', () => {
    const { sentence, same, files } = onDisk('100');
    expect(sentence).toMatch(
      /has \d+ MB free; the copy before a migration needs \d+ MB\. Make room, then start again\./,
    );
    expect({ same, left: files.filter((name) => name.includes('before') || name.includes('copying')) }).toEqual({
      same: true,
      left: [],
    });
  }, 30_000);

  it('that is full in the middle of the migration changes nothing, and names the copy', () => {
    const kilobytes = Math.ceil(statSync(pristine).size / 1024) + 2000;
    const { sentence, same, files } = onDisk(String(kilobytes));
    expect(sentence).toContain('stopped and changed nothing: The disk that holds');
    expect(sentence).toContain('npm run admin -- restore-copy');
    expect(same).toBe(true);
    expect(files.some((name) => name.startsWith('clinic.sqlite.before-0900_later-'))).toBe(true);
  }, 30_000);

  it('that cannot be written says so and changes nothing', () => {
    const { sentence, same } = onDisk('read-only');
    expect(sentence).toContain('cannot be opened and written by this user');
    expect(same).toBe(true);
  }, 30_000);
});

describe.runIf(process.platform === 'linux')('A start with nothing to migrate', () => {
  it('copies nothing and reads next to nothing, however large the database is', async () => {
    const start = startTaking(program, `file:${pristine}`, process.cwd());
    const read = Number(/after (\d+) bytes/.exec(await start.said('ready'))?.[1]);
    await start.kill();
    expect(statSync(pristine).size).toBeGreaterThan(4 * 1024 ** 2);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(512 * 1024);
    expect(listCopies(pristine)).toEqual([]);
  }, 30_000);
});

describe('Two starts at once', () => {
  it('of a database that is behind: one migrates it, the other is refused', async () => {
    const result = await startTwice(sqliteStage(pristine, program, release), 1);
    expect(result).toEqual({ tried: 1, ready: 1, refused: 1, wrong: 0 });
  }, 60_000);

  it('on SQLite: the second says that Regrasp already runs, and starts once the first has ended', async () => {
    const url = `file:${pristine}`;
    const first = startTaking(program, url, process.cwd());
    expect(await first.said('ready')).toContain('ready');
    const second = startTaking(program, url, process.cwd());
    expect(await second.said('refused')).toContain('Regrasp already runs on');
    await first.kill();
    const third = startTaking(program, url, process.cwd());
    expect(await third.said('ready')).toContain('ready');
    await third.kill();
  }, 30_000);
});
