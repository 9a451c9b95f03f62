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
import { normalisePhoto } from './photo/photo';
import { probeStill } from './probe';
import { ProgramMissing } from './programs';
import { normaliseVoice } from './voice';

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
    const take = TAKES[row.kind] ?? takeClip;
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

/** A photo tells where it was taken and when: what came is not kept, only what was made of it. */
async function takePhoto(app: AppProcess, job: JobRun, row: MediaRow, file: string): Promise<void> {
  await normalisePhoto(app, file, job.signal, async ({ photo: { file: made, ...shape }, small }) => {
    const poster = { kind: 'poster' as const, one: small, storageKey: await app.storage.put(small.file) };
    await replace(app, job, row, { made, columns: { ...shape, mime: 'image/jpeg' }, beside: [poster] });
  });
}

async function takeVoice(app: AppProcess, job: JobRun, row: MediaRow, file: string): Promise<void> {
  await normaliseVoice(app, file, job.signal, async ({ file: made, ...shape }) => {
    await replace(app, job, row, { made, columns: { ...shape, mime: 'audio/mp4' }, beside: [] });
  });
}

type Replacement = { made: string; columns: Change; beside: readonly Stored[] };

/** Puts what was made in the place of what came, which is removed; should we end in between, the sweep finds it. */
async function replace(app: AppProcess, job: JobRun, row: MediaRow, { made, columns, beside }: Replacement) {
  const storageKey = await app.storage.put(made);
  const change = { state: 'ready' as const, failure: null, ...columns, storageKey };
  const isStored = await move(app, row, change, function* (d) {
    for (const one of beside) yield* insertMedia(d, derivedRow(row, one));
    yield* job.finish(d);
  });
  if (!isStored) return await dropMade(app, job, row, [storageKey, ...beside.map((one) => one.storageKey)]);
  if (row.storageKey) await app.storage.remove(row.storageKey);
}

const TAKES: Partial<Record<MediaRow['kind'], typeof takeClip>> = {
  still: takeStill,
  photo: takePhoto,
  voice: takeVoice,
};

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
  for (const made of derived) yield* insertMedia(d, derivedRow(row, made));
  const { storageKey, sha256, bytes } = row;
  yield* insertMedia(d, { ...derivedShape(row), kind: 'original', storageKey, sha256, bytes });
}

function derivedShape({ id, clinicId, ownerUserId, patientId, consentId }: MediaRow) {
  const shared = { clinicId, ownerUserId, patientId, consentId, derivedFromId: id, createdAt: Date.now() };
  return { id: uuidv7(), ...shared, state: 'ready' as const };
}

function derivedRow(row: MediaRow, { kind, one: { file: _file, ...shape }, storageKey }: Stored) {
  return { ...derivedShape(row), kind, storageKey, mime: kind === 'light' ? 'video/mp4' : 'image/jpeg', ...shape };
}

/** After the last try the clip says so: what cannot be read stays visible, never "processing" for ever. */
async function giveUp(app: AppProcess, { mediaId = '' }: Readonly<Record<string, string>>): Promise<void> {
  const row = await app.database.read((d) => findMediaById(d, { mediaId }));
  if (row) await move(app, row, { state: 'failed', failure: 'cannot_be_read' });
}

export const normaliseJob: JobKind = { run, giveUp };
