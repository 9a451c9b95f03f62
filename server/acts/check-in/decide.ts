import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findCheckInOfMedia, listCheckInMedia } from '#db/queries/check-in/check-ins';
import { discardMedia, type MediaRow, moveMedia } from '#db/queries/check-in/media';
import { enqueueJob } from '#db/queries/runtime/jobs';
import { isUnreadable, type MediaState } from '#domain/check-in/media';
import { Failure } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { followMedia, noteCheckIn, tellMedia } from './state';

type Decide = { clip: MediaRow; userId: string };

/** Prepares a clip anew that could not be read, such as after another ffmpeg was installed. Repeating it changes nothing. */
export function* tryClipAgain(d: Db, work: UnitOfWork, { clip, userId }: Decide): Body<{ state: MediaState }> {
  const { id: mediaId } = clip;
  work.about(mediaId);
  if (!isUnreadable(clip)) return { state: clip.state };
  // Nothing of it is stored: there is nothing to be prepared.
  if (clip.storageKey === null) throw new Failure('CONFLICT', 'clip_not_stored');
  const change = { state: 'received' as const, failure: null };
  yield* moveMedia(d, { mediaId, from: ['failed'], change });
  const dedupeKey = `normalise:${mediaId}:${work.nowMs}`;
  yield* enqueueJob(d, { id: uuidv7(), kind: 'normalise', dedupeKey, payload: { mediaId }, nowMs: work.nowMs });
  const checkIn = yield* followMedia(d, { mediaId, nowMs: work.nowMs });
  if (checkIn) {
    const note = { fromState: checkIn.state, toState: checkIn.state, by: userId, reason: 'clip tried again' };
    yield* noteCheckIn(d, { checkInId: checkIn.id, ...note, nowMs: work.nowMs });
  }
  tellMedia(work, clip, checkIn);
  return { state: change.state };
}

/**
 * Removes a clip that cannot be read: nothing else ends it. The check-in waits for its answer all the same. Repeating it
 * changes nothing.
 */
export function* removeClip(d: Db, work: UnitOfWork, { clip, userId }: Decide): Body<{ state: MediaState }> {
  const { id: mediaId } = clip;
  work.about(mediaId);
  if (clip.state === 'deleted') return { state: clip.state };
  if (!isUnreadable(clip)) throw new Failure('CONFLICT', 'changed_meanwhile');
  yield* discardMedia(d, { mediaId, why: 'removed_by_clinic', nowMs: work.nowMs });
  const checkIn = yield* findCheckInOfMedia(d, { mediaId });
  if (checkIn) {
    const note = { fromState: checkIn.state, toState: checkIn.state, by: userId, reason: 'clip removed' };
    yield* noteCheckIn(d, { checkInId: checkIn.id, ...note, nowMs: work.nowMs });
    const others = (yield* listCheckInMedia(d, { checkInIds: [checkIn.id] })).filter(
      ({ media }) => media.state !== 'deleted',
    );
    // Without any clip it would wait for one for ever.
    if (others.length > 0) yield* followMedia(d, { mediaId, nowMs: work.nowMs });
  }
  tellMedia(work, clip, checkIn ?? null);
  return { state: 'deleted' };
}
