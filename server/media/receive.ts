import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { deleteUpload, type MediaRow, moveMedia } from '#db/queries/check-in/media';
import { enqueueJob } from '#db/queries/runtime/jobs';
import { Failure } from '#domain/input/failure';
import { followMedia, tellMedia } from '#server/acts/check-in/state';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { fingerprint } from './normalise';
import { type Picture, probeStill } from './probe';
import { ProgramMissing } from './programs';
import { arrivedBytes, removeSpooled, spoolFile } from './uploads';

type Received = { state: MediaRow['state']; failure: string | null };
type Finish = { sha256: string; nowMs: number };

/**
 * Takes a finished upload out of the spool: size and hash must be what was announced. On disk under its key first, then
 * the row, then the spool is emptied: wherever it is cut off, repeating it comes to the same end.
 */
export async function receiveUpload(app: AppProcess, row: MediaRow, { sha256, nowMs }: Finish): Promise<Received> {
  if (row.state !== 'pending') return { state: row.state, failure: row.failure };
  if ((await arrivedBytes(app, row.id)) !== row.bytes) throw new Failure('CONFLICT', 'upload_incomplete');
  const found = await fingerprint(spoolFile(app, row.id));
  const isWhole = found.sha256 === sha256 && (row.sha256 === null || row.sha256 === sha256);
  if (!isWhole) return await sendAgain(app, row);
  const kept = await (row.kind === 'still' ? keepStill : keepForJob)(app, row, { sha256, nowMs });
  await removeSpooled(app, row.id);
  return kept;
}

/** The device still has the file: the upload begins anew, and the row says why. */
async function sendAgain(app: AppProcess, row: MediaRow): Promise<never> {
  await app.database.write(function* (d) {
    yield* moveMedia(d, { mediaId: row.id, from: ['pending'], change: { failure: 'upload_damaged' } });
    yield* deleteUpload(d, { mediaId: row.id });
  });
  await removeSpooled(app, row.id);
  throw new Failure('CONFLICT', 'upload_damaged');
}

type Change = Partial<MediaRow> & Pick<MediaRow, 'state'>;

/** The row, its check-in, its job and the end of the upload in one write. */
async function store(app: AppProcess, row: MediaRow, change: Change, nowMs: number): Promise<Received> {
  const { clinicId, id: mediaId } = row;
  const isFirst = await runAsServer(app, { act: null, clinicId, nowMs }, function* (d, work) {
    if (!(yield* moveMedia(d, { mediaId, from: ['pending'], change }))) return false;
    yield* deleteUpload(d, { mediaId });
    if (change.state === 'received') {
      const dedupeKey = `normalise:${mediaId}`;
      yield* enqueueJob(d, { id: uuidv7(), kind: 'normalise', dedupeKey, payload: { mediaId }, nowMs });
    }
    tellMedia(work, row, yield* followMedia(d, { mediaId, nowMs }));
    return true;
  });
  // Another call was first with the same bytes; its object counts and ours is not needed.
  if (!isFirst && change.storageKey) await app.storage.remove(change.storageKey);
  return { state: change.state, failure: change.failure ?? null };
}

async function keepForJob(app: AppProcess, row: MediaRow, { sha256, nowMs }: Finish): Promise<Received> {
  const storageKey = await app.storage.put(spoolFile(app, row.id));
  return await store(app, row, { state: 'received', storageKey, sha256, failure: null }, nowMs);
}

/** A still is ready at once, or as soon as ffprobe is there to say that it is one. */
async function keepStill(app: AppProcess, row: MediaRow, { sha256, nowMs }: Finish): Promise<Received> {
  const picture = await lookAt(app, row);
  if (picture === 'later') return await keepForJob(app, row, { sha256, nowMs });
  if (!picture) return await store(app, row, { state: 'failed', failure: 'not_a_picture' }, nowMs);
  const storageKey = await app.storage.put(spoolFile(app, row.id));
  return await store(app, row, { state: 'ready', storageKey, sha256, failure: null, ...picture }, nowMs);
}

async function lookAt(app: AppProcess, row: MediaRow): Promise<Picture | 'later' | null> {
  try {
    return await probeStill(app, spoolFile(app, row.id));
  } catch (error) {
    if (error instanceof ProgramMissing) return 'later';
    throw error;
  }
}
