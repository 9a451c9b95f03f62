import 'server-only';
import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '#db/body';
import { listDiscarded, listExpiredMedia } from '#db/queries/check-in/keeping';
import { deleteUpload, listExpiredUploads, listNeverBegun, type MediaRow, moveMedia } from '#db/queries/check-in/media';
import { takeLease } from '#db/queries/runtime/leases';
import { UPLOAD_EXPIRED } from '#domain/check-in/media';
import { MINUTE_MS } from '#domain/time/duration';
import { followMedia, tellMedia } from '#server/acts/check-in/state';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer, type UnitOfWork } from '#server/runtime/unit-of-work';
import { finishErasures } from './erase';
import { endKeeping } from './keeping';
import { areTooMany, findLeftOvers, LEFT_OVER_MS, quarantine, tendQuarantine } from './left-overs';
import { workFolder } from './normalise';
import { ownsMedia } from './ownership';
import { removeSpooled, UPLOAD_MS } from './uploads';

const BATCH = 500;
/** One sweeper at a time, of all processes on this database. */
const LEASE_MS = 50 * MINUTE_MS;
const HOLDER = randomUUID();

/**
 * Puts away what nobody needs any more: uploads that never ended, originals past their time, clips
 * that were taken back, left-overs of crashes.
 * Objects are touched only where they are this database's own.
 */
export async function sweepMedia(app: AppProcess, nowMs: number): Promise<void> {
  const lease = { name: 'media-sweep', holder: HOLDER, nowMs, untilAt: nowMs + LEASE_MS };
  if (!(await app.database.write((d) => takeLease(d, lease)))) return;
  if (!(await ownsMedia(app))) {
    app.log.error('MEDIA_DIR holds the objects of another database, or not those that this one names: not swept');
    return;
  }
  await endExpiredUploads(app, nowMs);
  await finishErasures(app);
  await endKeeping(app, nowMs);
  await removeExpiredMedia(app, nowMs);
  await removeDiscardedMedia(app);
  await quarantineLeftOvers(app, nowMs);
  await removeOldAttempts(app, nowMs);
}

/**
 * Bytes that did not come within two weeks are said to have not arrived; a device that still has them may send them.
 * The upload library's own clean-up deletes finished uploads too, so only rows of unfinished ones are gone through.
 */
async function endExpiredUploads(app: AppProcess, nowMs: number): Promise<void> {
  const ended = await app.database.read(function* (d) {
    const neverBegun = yield* listNeverBegun(d, { beforeMs: nowMs - UPLOAD_MS, limit: BATCH });
    return [...(yield* listExpiredUploads(d, { nowMs, limit: BATCH })), ...neverBegun];
  });
  for (const { mediaId } of ended) await endUpload(app, mediaId, nowMs);
}

async function endUpload(app: AppProcess, mediaId: string, nowMs: number): Promise<void> {
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
  for (const row of await app.database.read((d) => listExpiredMedia(d, { nowMs, limit: BATCH }))) {
    const moved = await runAsServer(app, { act: 'server.expire_media', nowMs }, (d, work) => expireMedia(d, work, row));
    if (moved && row.storageKey) await app.storage.remove(row.storageKey);
  }
}

function* expireMedia(d: Db, work: UnitOfWork, { id, clinicId, patientId }: MediaRow) {
  const change = { state: 'deleted' as const, storageKey: null };
  const moved = yield* moveMedia(d, { mediaId: id, from: ['ready'], change });
  if (!moved) return false;
  work.inClinic(clinicId);
  work.about(id);
  if (patientId) work.ofPatient(patientId);
  return true;
}

async function removeDiscardedMedia(app: AppProcess): Promise<void> {
  for (const { id, storageKey } of await app.database.read((d) => listDiscarded(d, { limit: BATCH }))) {
    if (storageKey) await app.storage.remove(storageKey);
    await app.database.write((d) => moveMedia(d, { mediaId: id, from: ['deleted'], change: { storageKey: null } }));
  }
}

async function quarantineLeftOvers(app: AppProcess, nowMs: number): Promise<void> {
  await tendQuarantine(app, nowMs);
  const found = await findLeftOvers(app, nowMs);
  app.heldLeftOvers = areTooMany(found) ? found.keys.length : 0;
  if (app.heldLeftOvers === 0) return await quarantine(app, found.keys, nowMs);
  app.log.error(
    { leftOvers: found.keys.length, stored: found.stored },
    'too many media objects are named by no row: nothing is moved until a person has looked (npm run admin -- sweep)',
  );
}

/** What an attempt at a clip left behind when its process died. */
async function removeOldAttempts(app: AppProcess, nowMs: number): Promise<void> {
  for (const name of await readdir(workFolder(app)).catch(() => [])) {
    const attempt = join(workFolder(app), name);
    if ((await stat(attempt)).mtimeMs < nowMs - LEFT_OVER_MS) await rm(attempt, { recursive: true, force: true });
  }
}
