import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findMediaById, insertMedia, type MediaRow, moveMedia } from '#db/queries/check-in/media';
import { isAnyVisitOpen } from '#db/queries/visit/open-visits';
import { followMedia, tellMedia } from '#server/acts/check-in/state';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type JobKind, type JobRun, NotYet } from '#server/runtime/worker';
import { BadMedia, type Normalised, normaliseClip } from './normalise';
import { probeStill } from './probe';
import { ProgramMissing } from './programs';

type Change = Partial<MediaRow>;

/** A clip moves on, its check-in with it, in one write; then people are told. False where it was no longer received or processing. */
async function move(app: AppProcess, row: MediaRow, change: Change, beside?: (d: Db) => Body<void>): Promise<boolean> {
  const { clinicId, id: mediaId } = row;
  return await runAsServer(app, { act: null, clinicId, nowMs: Date.now() }, function* (d, work) {
    const from: MediaRow['state'][] = ['received', 'processing'];
    if (!(yield* moveMedia(d, { mediaId, from, change }))) return false;
    if (beside) yield* beside(d);
    tellMedia(work, row, yield* followMedia(d, { mediaId, nowMs: work.nowMs }));
    return true;
  });
}

/** From what a phone made to what can be stepped frame by frame. */
async function run(app: AppProcess, job: JobRun): Promise<void> {
  const row = await app.database.read((d) => findMediaById(d, { mediaId: job.payload.mediaId ?? '' }));
  if (!row?.storageKey || (row.state !== 'received' && row.state !== 'processing')) {
    await app.database.write((d) => job.finish(d));
    return;
  }
  if (row.state === 'received') await move(app, row, { state: 'processing', failure: null });
  try {
    const take = row.kind === 'still' || row.kind === 'photo' ? takeStill : takeClip;
    await app.storage.withFile(row.storageKey, (file) => take(app, job, row, file));
  } catch (error) {
    if (error instanceof ProgramMissing) {
      if (row.failure !== 'ffmpeg_missing') await move(app, row, { failure: 'ffmpeg_missing' });
      throw new NotYet('ffmpeg_missing');
    }
    if (!(error instanceof BadMedia)) throw error;
    await move(app, row, { state: 'failed', failure: error.reason }, job.finish);
  }
}

async function takeStill(app: AppProcess, job: JobRun, row: MediaRow, file: string): Promise<void> {
  const picture = await probeStill(app, file, job.signal);
  if (!picture) throw new BadMedia('not_a_picture');
  await move(app, row, { state: 'ready', failure: null, ...picture }, job.finish);
}

async function takeClip(app: AppProcess, job: JobRun, row: MediaRow, file: string): Promise<void> {
  // A visit on this machine needs the processor more than a clip does.
  const inVisit = await app.database.read((d) => isAnyVisitOpen(d));
  const encode = { threads: inVisit ? 1 : 0, signal: job.signal };
  await normaliseClip(app, file, encode, async (made) => {
    const clipKey = await app.storage.put(made.clip.file);
    const derived: Stored[] = [];
    for (const kind of ['poster', 'sprite', 'light'] as const) {
      const one = made[kind];
      if (one) derived.push({ kind, one, storageKey: await app.storage.put(one.file) });
    }
    // Objects of a write that did not happen are left to the sweep: a write that seems lost may have happened.
    const isStored = await move(app, row, { ...clipColumns(made), storageKey: clipKey }, function* (d) {
      yield* insertDerived(d, row, derived);
      yield* job.finish(d);
    });
    if (!isStored) await dropMade(app, job, row, [clipKey, ...derived.map(({ storageKey }) => storageKey)]);
  });
}

/** What was made of a clip that was taken back meanwhile is wanted by nobody; of any other the sweep judges. */
async function dropMade(app: AppProcess, job: JobRun, row: MediaRow, keys: readonly string[]): Promise<void> {
  const now = await app.database.read((d) => findMediaById(d, { mediaId: row.id }));
  if (now?.state !== 'deleted') throw new Error('the clip was moved by somebody else meanwhile');
  for (const key of keys) await app.storage.remove(key);
  await app.database.write((d) => job.finish(d));
}

function clipColumns({ clip: { file: _file, ...clip } }: Normalised) {
  return { state: 'ready' as const, failure: null, ...clip, mime: 'video/mp4' };
}

type Stored = {
  kind: 'poster' | 'sprite' | 'light';
  one: NonNullable<Normalised['poster' | 'sprite' | 'light']>;
  storageKey: string;
};

/**
 * Poster, sprite and the copy for weak lines; and the original, kept until some days after the review (`retainUntil` is
 * set by the review).
 */
function* insertDerived(d: Db, row: MediaRow, derived: readonly Stored[]): Body<void> {
  const { clinicId, ownerUserId, patientId, consentId, storageKey, sha256, bytes } = row;
  const shared = { clinicId, ownerUserId, patientId, consentId, derivedFromId: row.id, createdAt: Date.now() };
  const ready = { ...shared, state: 'ready' as const };
  for (const made of derived) {
    const { file: _file, ...shape } = made.one;
    const mime = made.kind === 'light' ? 'video/mp4' : 'image/jpeg';
    yield* insertMedia(d, { id: uuidv7(), ...ready, kind: made.kind, storageKey: made.storageKey, mime, ...shape });
  }
  yield* insertMedia(d, { id: uuidv7(), ...ready, kind: 'original', storageKey, sha256, bytes });
}

/** After the last try the clip says so: what cannot be read stays visible, never "processing" for ever. */
async function giveUp(app: AppProcess, { mediaId = '' }: Readonly<Record<string, string>>): Promise<void> {
  const row = await app.database.read((d) => findMediaById(d, { mediaId }));
  if (row) await move(app, row, { state: 'failed', failure: 'cannot_be_read' });
}

export const normaliseJob: JobKind = { run, giveUp };
