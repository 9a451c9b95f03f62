import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip } from '../../db/factories/check-ins';
import { makeClinic, makePatient, makeStaff } from '../../db/factories/people';
import { makeBackup } from '../../server/backup/make';
import { verifyFolder } from '../../server/backup/verify';
import { parseEnv } from '../../server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '../../server/runtime/process';
import { makeBackupStage } from './backup';
import { environment } from './backups';

const CLIP_BYTES = 2_000_000;

async function addClip(app: AppProcess, work: string): Promise<void> {
  const content = randomBytes(CLIP_BYTES);
  writeFileSync(join(work, 'clip'), content);
  const storageKey = await app.storage.put(join(work, 'clip'));
  const sha256 = createHash('sha256').update(content).digest('hex');
  await app.database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const lead = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const { patientId, userId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead });
    const owner = { clinicId, patientId, ownerUserId: userId ?? '' };
    yield* makeClip(d, { ...owner, storageKey, sha256, bytes: content.length, at: Date.now() });
  });
}

/** Leaves so many bytes free. */
function fillUpTo(folder: string, bytesFree: number): void {
  const { stdout } = spawnSync('df', ['--output=avail', '-B1', folder], { encoding: 'utf8' });
  const free = Number(stdout.trim().split('\n').at(-1));
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, free - bytesFree)));
}

/** All that lies in a folder, in bytes. */
function bytesIn(folder: string): number {
  const { stdout } = spawnSync('du', ['-sb', folder], { encoding: 'utf8' });
  return Number(stdout.split('\t')[0]);
}

/** On a small disk (see `onSmallDisk`): a second backup for which there is too little room. Argument: the disk's folder. */
async function main(): Promise<void> {
  const [disk = ''] = process.argv.slice(2);
  const work = mkdtempSync(join(tmpdir(), 'regrasp-full-'));
  const stage = await makeBackupStage(work, '');
  const folder = join(disk, 'backups');
  const app = createProcess(parseEnv(environment(stage.store)), process.cwd());
  const recipients = [stage.keys.recipient];
  const backUp = () => makeBackup(app, { folder, recipients, keepDays: 30, isNew: false }, Date.now);
  await addClip(app, work);
  const { backup } = await backUp();
  for (let n = 0; n < 3; n++) await addClip(app, work);
  // Room for what a backup takes beside its clips, as the first one did, and for two clips of three.
  fillUpTo(disk, bytesIn(folder) - CLIP_BYTES + CLIP_BYTES * 2.5);
  const sentence = await backUp().then(
    () => 'made',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const request = { folder, at: undefined, seal: undefined, identities: [stage.keys.identity], pgRestore: '' };
  const { wrong } = await verifyFolder({ ...request, secret: app.env.REGRASP_SECRET });
  const halves = readdirSync(join(folder, 'unfinished'));
  rmSync(join(disk, 'filler'));
  const next = await backUp();
  await stopProcess(app);
  await stage.drop();
  rmSync(work, { recursive: true });
  const result = { sentence, wrong, halves, first: backup.stamp, copiedThen: next.copied };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

await main();
