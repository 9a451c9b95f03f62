import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { PatientScope } from '#db/queries/access';
import { enqueueJob } from '#db/queries/jobs';
import { deleteUpload, findMediaById, insertMedia, type MediaRow, moveMedia } from '#db/queries/media';
import { Failure } from '#domain/failure';
import { followMedia } from '../check-in-state';
import { NotYet } from '../jobs/worker';
import type { AppProcess } from '../process';
import { BadMedia, fingerprint, normaliseClip } from './normalise';
import { probe, STILL_FORMATS } from './probe';
import { diskStorage } from './storage';
import { arrivedBytes, removeSpooled, spoolFile } from './uploads';

/** Takes a finished upload out of the spool: size and hash must be what was announced. Repeating it changes nothing. */
export async function receiveUpload(
  app: AppProcess,
  row: MediaRow,
  sha256: string,
  nowMs: number,
): Promise<MediaRow['state']> {
  if (row.state !== 'pending') return row.state;
  if ((await arrivedBytes(app, row.id)) !== row.bytes) throw new Failure('CONFLICT', 'upload_incomplete');
  const file = spoolFile(app, row.id);
  const found = await fingerprint(file);
  if (found.sha256 !== sha256) {
    await removeSpooled(app, row.id);
    await app.database.write((d) => deleteUpload(d, { mediaId: row.id }));
    throw new Failure('CONFLICT', 'upload_damaged');
  }
  return row.kind === 'still' ? await receiveStill(app, row, sha256) : await receiveClip(app, row, sha256, nowMs);
}

async function receiveClip(app: AppProcess, row: MediaRow, sha256: string, nowMs: number): Promise<MediaRow['state']> {
  const storageKey = await diskStorage(app.env.MEDIA_DIR).put(spoolFile(app, row.id));
  await app.database.write(function* (d) {
    yield* moveMedia(d, { mediaId: row.id, from: ['pending'], change: { state: 'received', storageKey, sha256 } });
    yield* enqueueJob(d, {
      id: uuidv7(),
      kind: 'normalise',
      dedupeKey: `normalise:${row.id}`,
      payload: { mediaId: row.id },
      nowMs,
    });
    yield* deleteUpload(d, { mediaId: row.id });
  });
  await removeSpooled(app, row.id);
  await followMedia(app, row.id, nowMs);
  return 'received';
}

async function receiveStill(app: AppProcess, row: MediaRow, sha256: string): Promise<MediaRow['state']> {
  const picture = await probe(app, spoolFile(app, row.id), STILL_FORMATS);
  if (!picture) {
    await app.database.write((d) =>
      moveMedia(d, { mediaId: row.id, from: ['pending'], change: { state: 'failed', failure: 'not_a_picture' } }),
    );
    await removeSpooled(app, row.id);
    return 'failed';
  }
  const storageKey = await diskStorage(app.env.MEDIA_DIR).put(spoolFile(app, row.id));
  const change = {
    state: 'ready' as const,
    storageKey,
    sha256,
    mime: 'image/jpeg',
    width: picture.width,
    height: picture.height,
  };
  await app.database.write(function* (d) {
    yield* moveMedia(d, { mediaId: row.id, from: ['pending'], change });
    yield* deleteUpload(d, { mediaId: row.id });
  });
  await removeSpooled(app, row.id);
  return 'ready';
}

const ORIGINAL_DAYS_MS = 30 * 24 * 60 * 60_000;

/** The job behind every clip: from what a phone made to what can be stepped frame by frame. */
export async function normaliseJob(app: AppProcess, { mediaId = '' }: Record<string, string>): Promise<void> {
  const row = await app.database.read((d) => findMediaById(d, { mediaId }));
  if (!row?.storageKey || (row.state !== 'received' && row.state !== 'processing')) return;
  await app.database.write((d) =>
    moveMedia(d, { mediaId, from: ['received', 'processing'], change: { state: 'processing', failure: null } }),
  );
  await followMedia(app, mediaId, Date.now());
  const storage = diskStorage(app.env.MEDIA_DIR);
  try {
    const made = await normaliseClip(app, storage.path(row.storageKey));
    const [clipKey, posterKey] = [await storage.put(made.clip.file), await storage.put(made.poster.file)];
    await storeNormalised(app, row, made, clipKey, posterKey);
  } catch (error) {
    if (error instanceof NotYet) {
      await app.database.write((d) =>
        moveMedia(d, { mediaId, from: ['processing'], change: { failure: 'ffmpeg_missing' } }),
      );
      await followMedia(app, mediaId, Date.now());
      throw error;
    }
    if (!(error instanceof BadMedia)) throw error;
    await app.database.write((d) =>
      moveMedia(d, { mediaId, from: ['processing'], change: { state: 'failed', failure: error.reason } }),
    );
  }
  await followMedia(app, mediaId, Date.now());
}

type Made = Awaited<ReturnType<typeof normaliseClip>>;

async function storeNormalised(
  app: AppProcess,
  row: MediaRow,
  made: Made,
  clipKey: string,
  posterKey: string,
): Promise<void> {
  const nowMs = Date.now();
  const { clip, poster, framesPerSecond } = made;
  const shared = {
    clinicId: row.clinicId,
    ownerUserId: row.ownerUserId,
    patientId: row.patientId,
    derivedFromId: row.id,
    createdAt: nowMs,
  };
  await app.database.write(function* (d) {
    const { sha256, bytes, width, height, durationMs, frames } = clip;
    const change = {
      state: 'ready' as const,
      failure: null,
      storageKey: clipKey,
      mime: 'video/mp4',
      sha256,
      bytes,
      width,
      height,
      durationMs,
      frames,
      framesPerSecond,
    };
    if (!(yield* moveMedia(d, { mediaId: row.id, from: ['processing'], change }))) return;
    yield* insertMedia(d, {
      id: uuidv7(),
      ...shared,
      kind: 'poster',
      state: 'ready',
      storageKey: posterKey,
      sha256: poster.sha256,
      bytes: poster.bytes,
      mime: 'image/jpeg',
    });
    yield* insertMedia(d, {
      id: uuidv7(),
      ...shared,
      kind: 'original',
      state: 'ready',
      storageKey: row.storageKey,
      sha256: row.sha256,
      bytes: row.bytes,
      retainUntil: nowMs + ORIGINAL_DAYS_MS,
    });
  });
}

/** The rows of a clip that is about to be uploaded. */
export function newClipRow(
  scope: PatientScope,
  {
    id,
    ownerUserId,
    bytes,
    kind,
    nowMs,
  }: { id: string; ownerUserId: string; bytes: number; kind: 'clip' | 'still' | 'demo'; nowMs: number },
) {
  return {
    id,
    clinicId: scope.clinicId,
    patientId: scope.patientId,
    ownerUserId,
    kind,
    state: 'pending' as const,
    bytes,
    createdAt: nowMs,
  };
}
