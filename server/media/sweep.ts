import 'server-only';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  deleteUpload,
  listExpiredMedia,
  listExpiredUploads,
  listKnownKeys,
  moveMedia,
  type UploadRow,
} from '#db/queries/check-in/media';
import { UPLOAD_EXPIRED } from '#domain/check-in/media';
import { DAY_MS } from '#domain/time/duration';
import { followMedia, tellMedia } from '#server/acts/check-in/state';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { workFolder } from './normalise';
import { diskStorage } from './storage';
import { removeSpooled } from './uploads';

/** Younger files may belong to work that is just being done. */
const LEFT_OVER_MS = DAY_MS;
const BATCH = 500;

/** Removes what nobody needs any more: uploads that never ended, originals past their time, left-overs of crashes. */
export async function sweepMedia(app: AppProcess, nowMs: number): Promise<void> {
  await endExpiredUploads(app, nowMs);
  await removeExpiredMedia(app, nowMs);
  await removeLeftOvers(app, nowMs);
}

/** The upload library's own clean-up deletes finished uploads too, so only rows of unfinished ones are gone through. */
async function endExpiredUploads(app: AppProcess, nowMs: number): Promise<void> {
  const expired = await app.database.read((d) => listExpiredUploads(d, { nowMs }));
  for (const upload of expired) await endUpload(app, upload, nowMs);
}

async function endUpload(app: AppProcess, { mediaId }: UploadRow, nowMs: number): Promise<void> {
  await runAsServer(app, { act: null, nowMs }, function* (d, work) {
    yield* moveMedia(d, { mediaId, from: ['pending'], change: { state: 'failed', failure: UPLOAD_EXPIRED } });
    yield* deleteUpload(d, { mediaId });
    const checkIn = yield* followMedia(d, { mediaId, nowMs });
    if (!checkIn) return;
    work.inClinic(checkIn.clinicId);
    tellMedia(work, { id: mediaId, patientId: checkIn.patientId }, checkIn);
  });
  await removeSpooled(app, mediaId);
}

/** The row goes first: a row without its object would be a promise that cannot be kept. */
async function removeExpiredMedia(app: AppProcess, nowMs: number): Promise<void> {
  const storage = diskStorage(app.env.MEDIA_DIR);
  for (const row of await app.database.read((d) => listExpiredMedia(d, { nowMs, limit: BATCH }))) {
    const change = { state: 'deleted' as const, storageKey: null };
    const moved = await app.database.write((d) => moveMedia(d, { mediaId: row.id, from: ['ready'], change }));
    if (moved && row.storageKey) await storage.remove(row.storageKey);
  }
}

async function removeLeftOvers(app: AppProcess, nowMs: number): Promise<void> {
  const storage = diskStorage(app.env.MEDIA_DIR);
  const before = nowMs - LEFT_OVER_MS;
  const old: string[] = [];
  for await (const { key, writtenAt } of storage.list()) if (writtenAt < before) old.push(key);
  for (let from = 0; from < old.length; from += BATCH) {
    const keys = old.slice(from, from + BATCH);
    const known = new Set(await app.database.read((d) => listKnownKeys(d, { keys })));
    for (const key of keys) if (!known.has(key)) await storage.remove(key);
  }
  for (const name of await readdir(workFolder(app)).catch(() => [])) {
    const attempt = join(workFolder(app), name);
    if ((await stat(attempt)).mtimeMs < before) await rm(attempt, { recursive: true, force: true });
  }
}
