import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { expect, it, vi } from 'vitest';
import { makeClip } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeClinic, makePatient } from '../db/factories/people';
import { migrateSqlite } from '../db/migrate';
import { findMediaById } from '../db/queries/check-in/media';
import { enqueueJob } from '../db/queries/runtime/jobs';
import { diskStorage } from '../server/media/storage';
import { start } from './spawn.mjs';

it('A worker beside the app works off what waits, and ends when it is told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-worker-'));
  const url = `file:${join(folder, 'worker.sqlite')}`;
  migrateSqlite(join(folder, 'worker.sqlite'), join(process.cwd(), 'db/migrations/sqlite'));
  writeFileSync(join(folder, 'upload'), 'no video at all');
  const storageKey = await diskStorage(join(folder, 'media')).put(join(folder, 'upload'));
  const mediaId = await makeInDatabase(url, (made) =>
    made.write(function* (d) {
      const clinicId = yield* makeClinic(d);
      const { patientId, userId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte' });
      const owner = { clinicId, patientId, ownerUserId: userId ?? '' };
      const id = yield* makeClip(d, { ...owner, at: 0, state: 'received', storageKey });
      const job = { id: uuidv7(), kind: 'normalise', dedupeKey: `normalise:${id}`, payload: { mediaId: id } };
      yield* enqueueJob(d, { ...job, nowMs: 0 });
      return id;
    }),
  );
  const worker = start(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'], {
    env: {
      ...process.env,
      REGRASP_SECRET: 'x'.repeat(32),
      REGRASP_LOG: 'silent',
      DATABASE_URL: url,
      MEDIA_DIR: join(folder, 'media'),
    },
  });
  try {
    const failure = () =>
      makeInDatabase(url, (made) => made.read((d) => findMediaById(d, { mediaId }))).then((row) => row?.failure);
    await vi.waitFor(async () => expect(await failure()).toBe('not_a_video'), { timeout: 20_000, interval: 200 });
    await worker.stop(10_000);
    expect(await worker.ended).toEqual({ code: 0, signal: null });
  } finally {
    await worker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
