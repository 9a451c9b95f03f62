import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { listCopies } from '../db/copies';
import { makeInDatabase } from '../db/factories/database';
import { dumpHash } from '../db/factories/dump';
import { makeClinic, makeStaff } from '../db/factories/people';
import { makeReleaseWith } from '../db/factories/release';
import { holdStore } from '../db/lock';
import { migrateSqlite } from '../db/migrate';
import { findStoreId } from '../db/queries/runtime/store';
import { diskStorage } from '../server/media/storage';
import { step } from './console.mjs';
import { start } from './spawn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'regrasp-admin-'));
const file = join(folder, 'admin.sqlite');
const url = `file:${file}`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function admin(...args: string[]) {
  const lines: string[] = [];
  const command = start(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'scripts/admin.ts', ...args],
    {
      env: {
        ...process.env,
        REGRASP_SECRET: 'x'.repeat(32),
        REGRASP_URL: 'http://127.0.0.1:3000',
        REGRASP_LOG: 'silent',
        DATABASE_URL: url,
        MEDIA_DIR: join(folder, 'media'),
      },
      onLine: (line: string) => lines.push(line),
    },
  );
  const { code } = await command.ended;
  return { code, said: lines.join('\n') };
}

describe('npm run admin', () => {
  it.each([
    [['create-clinic', '--nope'], "Unknown option '--nope'"],
    [['create-clinic', '--name'], "'--name <value>' argument missing"],
    [['create-clinic', '--name', 'Larkfield'], 'Please check: timeZone'],
    [['reset-password', '--email', 'nobody'], 'Please check: email.'],
    [['make-tea'], 'There is no command make-tea.'],
  ])(
    '%j says in a line what is wrong, then how it is used, and ends with 1',
    async (args, line) => {
      const { code, said } = await admin(...args);
      expect(said).toContain(line);
      expect(said).toContain('npm run admin -- create-clinic --name');
      expect(said).not.toMatch(/\n\s+at /);
      expect(code).toBe(1);
    },
    30_000,
  );

  it('on a database that is not there makes none, and says what to do', async () => {
    const { code, said } = await admin('reset-password', '--email', 'ada@larkfield.example');
    expect(said).toContain(`There is no database at ${file} yet. Start Regrasp once (npm start)`);
    expect(said).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  }, 30_000);

  it('prints a link for a new password, and says when nobody has the address', async () => {
    migrateSqlite(file, join(process.cwd(), 'db/migrations/sqlite'));
    await makeInDatabase(url, (made) =>
      made.write(function* (d) {
        const clinicId = yield* makeClinic(d);
        yield* makeStaff(d, { clinicId, name: 'Ada Lind', email: 'ada@larkfield.example', role: 'admin' });
      }),
    );
    const made = await admin('reset-password', '--email', 'Ada@Larkfield.example');
    expect(made.said).toMatch(/Give this link to Ada Lind[\s\S]*http:\/\/127\.0\.0\.1:3000\/invite\/[\w-]{43}/);
    expect(made.code).toBe(0);
    const unknown = await admin('reset-password', '--email', 'nobody@larkfield.example');
    expect(unknown.said).toContain('No account that is in use has the address nobody@larkfield.example.');
    expect(unknown.code).toBe(1);
  }, 60_000);

  it('prints the last seal of each clinic’s trail', async () => {
    const { code, said } = await admin('audit-heads');
    expect([code, said]).toEqual([0, expect.stringMatching(/^\s*2\d{3}-\S+Z\n[0-9a-f-]{36} 0 -$/m)]);
  }, 30_000);

  it('puts left-over media objects into quarantine only when their number is said', async () => {
    const storage = diskStorage(join(folder, 'media'));
    const object = join(folder, 'object');
    writeFileSync(object, 'content');
    const key = await storage.put(object);
    utimesSync(join(folder, 'media', key), 0, 0);
    const foreign = await admin('sweep');
    expect([foreign.code, foreign.said]).toEqual([1, expect.stringContaining('holds the objects of another database')]);
    const storeId = await makeInDatabase(url, (made) => made.read((d) => findStoreId(d)));
    expect((await admin('claim-media')).said).toContain('carries no store id. With --confirm it is claimed');
    expect(await storage.owner()).toBeNull();
    expect((await admin('claim-media', '--confirm')).code).toBe(0);
    expect(await storage.owner()).toBe(storeId);
    expect((await admin('sweep')).said).toContain('1 of 1 media objects are named by no row and older than a day.');
    expect((await admin('sweep', '--take', '2')).said).toContain('Nothing was moved');
    expect(await storage.size(key)).toBe(7);
    const taken = await admin('sweep', '--take', '1');
    expect([taken.code, await storage.size(key)]).toEqual([0, null]);
  }, 60_000);

  it('waits for a migration with the app, which alone migrates', async () => {
    const connection = new Sqlite(file);
    const newest = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get();
    connection.prepare('delete from __drizzle_migrations where created_at = ?').run(newest);
    const { code, said } = await admin('reset-password', '--email', 'ada@larkfield.example');
    connection.prepare("insert into __drizzle_migrations (hash, created_at) values ('x', ?)").run(newest);
    connection.close();
    expect(said).toContain('waits for a migration. Start Regrasp once (npm start)');
    expect(code).toBe(1);
  }, 30_000);

  it('puts a copy in the place of the database, and keeps what was there', async () => {
    const before = await dumpHash(url);
    const root = makeReleaseWith('drop table leases; create table later_things (id text);');
    migrateSqlite(file, join(root, 'db/migrations/sqlite'));
    rmSync(root, { recursive: true });
    const after = await dumpHash(url);
    const [copy = ''] = listCopies(file);
    const restored = await admin('restore-copy', copy);
    const aside = /is kept as (\S+?)\.\n/.exec(`${restored.said}\n`)?.[1] ?? '';
    expect({ code: restored.code, before: await dumpHash(url), after: await dumpHash(`file:${aside}`) }).toEqual({
      code: 0,
      before,
      after,
    });
  }, 30_000);

  it.each([
    ['that is not there', () => undefined],
    ['that is no database', (name: string) => writeFileSync(name, 'no database at all')],
    ['of another program', (name: string) => new Sqlite(name).exec('create table tea (id)').close()],
  ])(
    'puts no copy %s in its place',
    async (_, make) => {
      const before = await dumpHash(url);
      const copy = join(folder, 'other-copy');
      rmSync(copy, { force: true });
      make(copy);
      const { code, said } = await admin('restore-copy', copy);
      expect(said).toContain(`${copy} is no sound database of Regrasp. Choose another copy.`);
      expect(code).toBe(1);
      expect(await dumpHash(url)).toBe(before);
    },
    30_000,
  );

  it('puts no copy of another store in its place, unless what is there cannot be read; then it says what the copy holds', async () => {
    const other = join(folder, 'other.sqlite');
    migrateSqlite(other, join(process.cwd(), 'db/migrations/sqlite'));
    await makeInDatabase(`file:${other}`, (made) => made.write((d) => makeClinic(d, { name: 'Fjordside' })));
    const before = await dumpHash(url);
    const refused = await admin('restore-copy', other);
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(
      /other\.sqlite is of another store \(Fjordside; 0 patients; store id [0-9a-f-]{36}\) than/,
    );
    expect(await dumpHash(url)).toBe(before);
    const sound = readFileSync(file);
    writeFileSync(file, 'torn');
    const restored = await admin('restore-copy', other);
    expect([restored.code, restored.said]).toEqual([0, expect.stringContaining('It holds: Fjordside; 0 patients;')]);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    writeFileSync(file, sound);
    expect(await dumpHash(url)).toBe(before);
  }, 30_000);

  it('knows a copy that is older than store ids by its clinics', async () => {
    const root = makeReleaseWith('create table later_things (id text);');
    migrateSqlite(file, join(root, 'db/migrations/sqlite'));
    rmSync(root, { recursive: true });
    const [copy = ''] = listCopies(file);
    new Sqlite(copy).exec('drop table store').close();
    expect((await admin('restore-copy', copy)).code).toBe(0);
  }, 30_000);

  it('puts no copy in the place of a database that is in use', async () => {
    const release = holdStore(file, 'app');
    const { code, said } = await admin('restore-copy', listCopies(file)[0] ?? '');
    release();
    expect(said).toContain('is in use by Regrasp, a worker or a command. Stop it first.');
    expect(code).toBe(1);
  }, 30_000);
});

describe('a step on the terminal', () => {
  it.each([
    ['', 'done, 0.0 s'],
    ['ready', 'ready, 0.0 s'],
    [undefined, 'done, 0.0 s'],
  ])('with the note %j ends with %s', async (note, end) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await step('Demo clinic', () => Promise.resolve(note));
    const printed = write.mock.calls.map(([text]) => String(text)).join('');
    write.mockRestore();
    expect(printed).toBe(`  Demo clinic ${end}\n`);
  });
});
