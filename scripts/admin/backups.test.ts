import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBackupStage } from '../prove/backup';
import { type BackupStage, backUpUnderLoad, killBackups, killRestores } from '../prove/backups';
import { onSmallDisk } from '../prove/small-disk';
import { start } from '../spawn.mjs';

type Outcome = { sentence: string; wrong: string[]; halves: string[]; copiedThen: number };

const folder = mkdtempSync(join(tmpdir(), 'regrasp-backups-'));
const stages: BackupStage[] = [];
let stage: BackupStage;

async function newStage(name: string): Promise<BackupStage> {
  const made = await makeBackupStage(join(folder, name), '');
  stages.push(made);
  return made;
}

beforeAll(async () => {
  stage = await newStage('store');
});
afterAll(async () => {
  for (const made of stages) await made.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function admin(store: Record<string, string>, ...args: string[]) {
  const lines: string[] = [];
  const env = { ...process.env, ...store, REGRASP_SECRET: 'x'.repeat(32), REGRASP_LOG: 'silent' };
  const script = ['--conditions=react-server', '--import', 'tsx', 'scripts/admin.ts', ...args];
  const command = start(process.execPath, script, { env, onLine: (line: string) => lines.push(line) });
  const { code } = await command.ended;
  return { code, said: lines.join('\n') };
}

describe('backups on the command line', () => {
  it('go from a key to a restored store', async () => {
    const { store } = stage;
    const [key, into] = [join(folder, 'key'), join(folder, 'backups')];
    const made = await admin(store, 'backup-key', key);
    const recipient = /age1\w+/.exec(made.said)?.[0] ?? '';
    expect(readFileSync(key, 'utf8')).toContain(recipient);
    expect((await admin(store, 'backup-key', key)).said).toContain('was not written');
    const backedUp = await admin({ ...store, REGRASP_BACKUP_TO: recipient }, 'backup', into);
    expect(backedUp.said).toMatch(/Backup \w+ is whole: .* encrypted to age1\w+\. It is kept until/);
    const [verified, over] = await Promise.all([
      admin(store, 'verify', into, '--identity', key),
      admin(store, 'restore', into, '--identity', key),
    ]);
    expect(verified.said).toContain('is as it should be');
    expect([over.code, over.said]).toEqual([
      1,
      expect.stringContaining('is not empty. A backup is restored into an empty'),
    ]);
    expect(over.said).not.toMatch(/\n\s+at /);
    const place = await stage.emptyPlace();
    expect((await admin(place, 'restore', into, '--identity', key)).said).toContain('is restored: the database to');
    const doctor = await admin(place, 'doctor', '--hashes');
    expect(doctor.said).toMatch(/ok +database: integrity and foreign keys[\s\S]*ok +media: 0 objects/);
    writeFileSync(key, 'no key');
    expect((await admin(store, 'verify', into, '--identity', key)).said).toContain('holds no secret key of age');
  }, 120_000);

  it('says in a line what is wrong with what was asked for, and ends with 1', async () => {
    const cases: [string[], string][] = [
      [['backup'], 'Please name one folder or file.'],
      [['backup', 'x', '--plain', '--to', 'age1x'], 'Choose --to or --plain, not both.'],
      [['backup', 'x', '--to', 'age1typo'], 'age1typo is not a public key of age'],
      [['backup', 'x'], 'To whom is it encrypted?'],
      [['doctor', '--nope'], "Unknown option '--nope'"],
    ];
    const answers = await Promise.all(cases.map(([args]) => admin(stage.store, ...args)));
    for (const [n, { code, said }] of answers.entries()) {
      expect(said).toContain(cases[n]?.[1]);
      expect(said).not.toMatch(/\n\s+at /);
      expect(code).toBe(1);
    }
  }, 60_000);
});

describe('the doctor', () => {
  it('says what is wrong with a database that it cannot look into, and ends with 1', async () => {
    const { code, said } = await admin(await stage.emptyPlace(), 'doctor');
    expect(said).toMatch(/WRONG +schema: There is no database at[\s\S]*Nothing else can be looked at before that/);
    expect(said).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  }, 30_000);
});

describe('a backup while the app writes', () => {
  it('holds every write that was acknowledged before it began, and survives the store', async () => {
    const { acknowledged, lost, wrong } = await backUpUnderLoad(await newStage('load'), 1);
    expect({ lost, wrong }).toEqual({ lost: 0, wrong: 0 });
    expect(acknowledged).toBeGreaterThan(10);
  }, 60_000);

  it('that is killed leaves the earlier ones whole, and the next goes through', async () => {
    const { tried, wrong } = await killBackups(await newStage('kills'), 1);
    expect({ tried, wrong }).toEqual({ tried: 1, wrong: 0 });
  }, 60_000);
});

describe('a restore that is killed', () => {
  it('is refused by a start, or was done; run again it comes to its end', async () => {
    const { tried, wrong } = await killRestores(await newStage('restores'), 1);
    expect({ tried, wrong }).toEqual({ tried: 1, wrong: 0 });
  }, 60_000);
});

describe.runIf(process.platform === 'linux')('A disk for backups', () => {
  it('that is full says so, keeps the backups that are there whole, and goes on when there is room', () => {
    const disk = mkdtempSync(join(tmpdir(), 'regrasp-disk-'));
    const result = onSmallDisk<Outcome>(disk, 24, 'scripts/prove/full-disk-backup.ts', [disk]);
    expect(result.sentence).toBe(`The disk that holds ${join(disk, 'backups')} is full. Make room, then start again.`);
    expect(result).toMatchObject({ wrong: [], halves: [], copiedThen: 1 });
    rmSync(disk, { recursive: true });
  }, 60_000);
});
