import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeInDatabase } from '../db/factories/database';
import { makeClinic, makeStaff } from '../db/factories/people';
import { migrateSqlite } from '../db/migrate';
import { step } from './console.mjs';
import { start } from './spawn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'regrasp-admin-'));
const url = `file:${join(folder, 'admin.sqlite')}`;
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

  it('prints a link for a new password, and says when nobody has the address', async () => {
    migrateSqlite(join(folder, 'admin.sqlite'), join(process.cwd(), 'db/migrations/sqlite'));
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
