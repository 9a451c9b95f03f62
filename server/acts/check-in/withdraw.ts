import 'server-only';
import type { Body, Db } from '#db/body';
import {
  type CheckInRow,
  findCheckIn,
  findCheckInOfMedia,
  listCheckInMedia,
  moveCheckIn,
} from '#db/queries/check-in/check-ins';
import { discardMedia, type MediaRow } from '#db/queries/check-in/media';
import type { PatientScope } from '#db/scope';
import { isOpen } from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { followMedia, noteCheckIn } from './state';

type Withdrawn = { state: CheckInRow['state'] };
type Own = { scope: PatientScope; userId: string };

/**
 * Takes back a check-in that nobody has answered: question and clips are seen by nobody any more, and the clips are
 * removed. What was said about pain, and a flag that it raised, stay. Repeating it changes nothing.
 */
export function* withdrawCheckIn(
  d: Db,
  work: UnitOfWork,
  { scope, userId, checkInId }: Own & { checkInId: string },
): Body<Withdrawn> {
  work.about(checkInId);
  const row = yield* findCheckIn(d, { ...scope, checkInId });
  if (!row) throw notFound();
  if (row.state === 'withdrawn') return { state: row.state };
  if (!isOpen(row.state)) throw new Failure('CONFLICT', 'check_in_answered');
  const { nowMs } = work;
  // Whoever had claimed it has nothing to publish any more.
  const free = { claimedBy: null, leaseUntil: null, leaseToken: null };
  const change = { state: 'withdrawn' as const, closedAt: nowMs, ...free };
  yield* moveCheckIn(d, { checkInId, from: [row.state], change });
  for (const { media } of yield* listCheckInMedia(d, { checkInIds: [checkInId] }))
    yield* discardMedia(d, { mediaId: media.id, why: 'withdrawn', nowMs });
  yield* noteCheckIn(d, { checkInId, fromState: row.state, toState: change.state, by: userId, nowMs });
  work.tell('check_in', checkInId, { patientId: scope.patientId });
  work.tell('queue', checkInId);
  return { state: change.state };
}

/** Takes back one clip of a check-in; with its last one the check-in goes as a whole. */
export function* withdrawClip(
  d: Db,
  work: UnitOfWork,
  { scope, userId, clip }: Own & { clip: MediaRow },
): Body<Withdrawn> {
  const row = yield* findCheckInOfMedia(d, { mediaId: clip.id });
  if (!row) throw notFound();
  const others = (yield* listCheckInMedia(d, { checkInIds: [row.id] })).filter(
    ({ media }) => media.id !== clip.id && media.state !== 'deleted',
  );
  if (others.length === 0) return yield* withdrawCheckIn(d, work, { scope, userId, checkInId: row.id });
  work.about(clip.id);
  if (clip.state === 'deleted') return { state: row.state };
  if (!isOpen(row.state)) throw new Failure('CONFLICT', 'check_in_answered');
  yield* discardMedia(d, { mediaId: clip.id, why: 'withdrawn', nowMs: work.nowMs });
  const note = { fromState: row.state, toState: row.state, by: userId, reason: 'clip withdrawn' };
  yield* noteCheckIn(d, { checkInId: row.id, ...note, nowMs: work.nowMs });
  const after = yield* followMedia(d, { mediaId: clip.id, nowMs: work.nowMs });
  work.tell('check_in', row.id, { patientId: scope.patientId });
  work.tell('queue', row.id);
  return { state: after?.state ?? row.state };
}
