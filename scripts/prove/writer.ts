import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClip } from '../../db/factories/check-ins';
import { makeClinic, makePatient, makeStaff } from '../../db/factories/people';
import { insertOperation } from '../../db/queries/runtime/operations';
import { type AppProcess, startProcess } from '../../server/runtime/process';

const PAUSE_MS = 10;
/** Every so many writes one brings a clip. */
const CLIP_EVERY = 40;
const CLIP_BYTES = 60_000;

type Owner = { clinicId: string; patientId: string; ownerUserId: string };

function makeOwner(app: AppProcess): Promise<Owner> {
  return app.database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const lead = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const { patientId, userId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead });
    return { clinicId, patientId, ownerUserId: userId ?? '' };
  });
}

/** An object first, then its row, as a finished upload does it. */
async function writeClip(app: AppProcess, owner: Owner): Promise<string> {
  const content = randomBytes(CLIP_BYTES);
  const file = join(tmpdir(), `regrasp-clip-${randomUUID()}`);
  writeFileSync(file, content);
  const storageKey = await app.storage.put(file);
  rmSync(file);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const stored = { storageKey, sha256, bytes: content.length, at: Date.now() };
  const mediaId = await app.database.write((d) => makeClip(d, { ...owner, ...stored }));
  return `clip ${mediaId} ${storageKey} ${sha256}`;
}

/** An app that writes without end and prints a line for each write that the database has acknowledged. */
async function main(): Promise<void> {
  const app = await startProcess(process.env, process.cwd(), 'app');
  const owner = await makeOwner(app);
  for (let n = 0; ; n++) {
    const opId = randomUUID();
    const row = {
      opId,
      userId: owner.ownerUserId,
      procedure: 'logs.record',
      bodySha256: '',
      result: { n },
      at: Date.now(),
    };
    await app.database.write((d) => insertOperation(d, row));
    process.stdout.write(`row ${opId} ${Date.now()}\n`);
    if (n % CLIP_EVERY === 0) process.stdout.write(`${await writeClip(app, owner)}\n`);
    await sleep(PAUSE_MS);
  }
}

await main();
