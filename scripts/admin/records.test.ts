import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeInDatabase } from '../../db/factories/database';
import { rowsWith } from '../../db/factories/dump';
import { makeClinic, makePatient, makeStaff } from '../../db/factories/people';
import { migrateSqlite } from '../../db/migrate';
import { listAudit } from '../../db/queries/clinic/audit';
import { findLock, updateErasure } from '../../db/queries/people/erasures';
import { start } from '../spawn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'regrasp-records-'));
const url = `file:${join(folder, 'clinic.sqlite')}`;
const scope = { clinicId: '', patientId: '' };
const LONG_AGO = Date.UTC(2001, 0, 1);
let old = '';

beforeAll(async () => {
  migrateSqlite(join(folder, 'clinic.sqlite'), join(process.cwd(), 'db/migrations/sqlite'));
  await makeInDatabase(url, ({ write }) =>
    write(function* (d) {
      scope.clinicId = yield* makeClinic(d);
      const { clinicId } = scope;
      yield* makeStaff(d, { clinicId, name: 'Ada Lind', role: 'admin' });
      scope.patientId = (yield* makePatient(d, { clinicId, name: 'Ana Duarte', at: Date.now() })).patientId;
      old = (yield* makePatient(d, { clinicId, name: 'Zanzibar Quince', at: LONG_AGO })).patientId;
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function admin(...args: string[]) {
  const lines: string[] = [];
  const store = { DATABASE_URL: url, MEDIA_DIR: join(folder, 'media'), REGRASP_URL: 'http://127.0.0.1:3000' };
  const env = { ...process.env, ...store, REGRASP_SECRET: 'x'.repeat(32), REGRASP_LOG: 'silent' };
  const script = ['--conditions=react-server', '--import', 'tsx', 'scripts/admin.ts', ...args];
  const command = start(process.execPath, script, { env, onLine: (line: string) => lines.push(line) });
  const { code } = await command.ended;
  return { code, said: lines.join('\n') };
}

const erase = (patient: string, confirm: string) =>
  admin('erase', '--patient', patient, '--reason', 'Asked for in writing', '--confirm', confirm);

describe('records on the command line', () => {
  it('are written to a file of their own, never over another', async () => {
    const out = join(folder, 'record.zip');
    const made = await admin('export', '--patient', scope.patientId, '--out', out);
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('It is not encrypted') });
    const files = unzipSync(new Uint8Array(readFileSync(out)));
    expect(strFromU8(files['record.json'] ?? new Uint8Array())).toContain('Ana Duarte');
    writeFileSync(join(folder, 'taken.zip.writing'), 'half');
    const refused = await admin('export', '--patient', scope.patientId, '--out', join(folder, 'taken.zip'));
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('could not be written') });
    expect(existsSync(join(folder, 'taken.zip'))).toBe(false);
    expect((await admin('export', '--patient', scope.patientId, '--out', out)).said).toContain('is there already');
    const other = join(folder, 'other.zip');
    expect((await admin('export', '--patient', uuidv7(), '--out', other)).said).toContain(
      'There is no record of this id.',
    );
  }, 60_000);

  it('are put away within their term, and opened after an admin has asked', async () => {
    expect((await erase(scope.patientId, 'Ana')).said).toContain('--confirm must be the person’s name');
    expect((await erase(scope.patientId, 'Ana Duarte')).said).toContain('within its keeping term and was put away');
    expect((await admin('open-record', '--patient', scope.patientId)).said).toContain('Nobody has asked to open it');
    await makeInDatabase(url, ({ write }) =>
      write(function* (d) {
        const lock = yield* findLock(d, scope);
        yield* updateErasure(d, lock?.id ?? '', { openAskedBy: 'an-admin', openAskedAt: 1, openReason: 'The insurer' });
      }),
    );
    expect((await admin('open-record', '--patient', scope.patientId)).said).toContain('The record is there again');
    const acts = await makeInDatabase(url, ({ write }) =>
      write((d) => listAudit(d, { clinicId: scope.clinicId, before: null, limit: 20 })),
    );
    expect(acts.map(({ act, actorName }) => [act, actorName])).toContainEqual(['record.erase', null]);
  }, 60_000);

  it('are deleted after it', async () => {
    expect((await erase(old, 'zanzibar  quince')).said).toContain('The record is deleted');
    expect(await rowsWith(url, 'Zanzibar')).toEqual([]);
    expect(readFileSync(join(folder, 'clinic.sqlite')).includes('Zanzibar')).toBe(false);
  }, 60_000);
});
