import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import {
  attachMedia,
  findCheckIn,
  findCheckInOfMedia,
  listCheckInMedia,
  moveCheckIn,
} from '#db/queries/check-in/check-ins';
import { discardMedia, findMediaById, insertMedia, type MediaRow, moveMedia } from '#db/queries/check-in/media';
import { findConsent } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { CONSENT_MISSING, type MediaState, maySendAgain } from '#domain/check-in/media';
import {
  type addClipsSchema,
  type SubmitCheckIn,
  stateOfMedia,
  WAITS_FOR_MEDIA,
  type withoutClipSchema,
} from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import { isInForce } from '#domain/people/patient';
import { refusedByQuota } from '#server/acts/clinic/media-quota';
import { readKept } from '#server/acts/people/consents';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { followMedia, noteCheckIn, openAgain } from './state';

export type ClipOwner = { scope: PatientScope; userId: string };
type Clip = SubmitCheckIn['clips'][number];

/**
 * The row that a clip will be uploaded into. A clip without the patient's consent, or over the day's quota, is not taken,
 * and says so; the answers beside it are.
 */
function* expectClip(d: Db, work: UnitOfWork, { scope, userId }: ClipOwner, clip: Clip): Body<MediaState> {
  const known = yield* findMediaById(d, { mediaId: clip.mediaId });
  if (known) {
    const isOwn = known.ownerUserId === userId && known.clinicId === scope.clinicId;
    const isClip = known.patientId === scope.patientId && known.kind === 'clip';
    if (!isOwn || !isClip || (yield* findCheckInOfMedia(d, { mediaId: clip.mediaId }))) throw notFound();
    return known.state;
  }
  const consent = yield* consentToClips(d, scope);
  const failure = consent ? yield* refusedByQuota(d, work, { scope, bytes: clip.bytes }) : CONSENT_MISSING;
  const state = failure === null ? ('pending' as const) : ('failed' as const);
  yield* insertMedia(d, {
    id: clip.mediaId,
    ...scope,
    ownerUserId: userId,
    kind: 'clip',
    state,
    failure,
    bytes: clip.bytes,
    sha256: clip.sha256,
    consentId: consent?.id ?? null,
    createdAt: work.nowMs,
  });
  return state;
}

/** The consent under which a clip is kept: to the text as it stands, not taken back. */
function* consentToClips(d: Db, scope: PatientScope) {
  const consent = yield* findConsent(d, { ...scope, kind: 'clips' });
  return isInForce(consent, yield* readKept(d, { scope })) ? consent : undefined;
}

/** The rows that the clips of a check-in will be uploaded into, and the state that they put it in. */
export function* expectClips(d: Db, work: UnitOfWork, owner: ClipOwner, clips: readonly Clip[]) {
  const states: MediaState[] = [];
  for (const clip of clips) states.push(yield* expectClip(d, work, owner, clip));
  return stateOfMedia(states);
}

type Add = ClipOwner & { input: z.output<typeof addClipsSchema> };

/**
 * Joins clips to answers that went ahead. The promised time stands, since the answers were triaged when they came; only
 * where they were answered already does it begin anew.
 */
export function* addClips(d: Db, work: UnitOfWork, { input, ...owner }: Add) {
  const { userId } = owner;
  const queued = { opId: input.opId, userId, procedure: 'checkIns.addClips', input, nowMs: work.nowMs };
  return yield* once(d, queued, () => joinClips(d, work, { input, ...owner }));
}

function* joinClips(d: Db, work: UnitOfWork, { input: { checkInId, clips }, ...owner }: Add) {
  const row = yield* findCheckIn(d, { ...owner.scope, checkInId });
  if (!row) throw notFound();
  const before = yield* listCheckInMedia(d, { checkInIds: [checkInId] });
  if (before.length > 0 || row.state === 'withdrawn') throw new Failure('CONFLICT', 'operation_differs');
  const state = yield* expectClips(d, work, owner, clips);
  yield* attachMedia(d, { checkInId, mediaIds: clips.map((clip) => clip.mediaId) });
  const dueAt = yield* openAgain(d, { row, state, nowMs: work.nowMs });
  const isWaiting = yield* moveCheckIn(d, { checkInId, from: ['received'], change: { state } });
  const toState = dueAt !== null || isWaiting ? state : row.state;
  const step = { checkInId, fromState: row.state, toState, by: owner.userId, nowMs: work.nowMs };
  yield* noteCheckIn(d, { ...step, reason: 'clips' });
  work.about(checkInId);
  work.tell('check_in', checkInId, { patientId: owner.scope.patientId });
  work.tell('queue', checkInId);
  return { checkInId, state: toState, dueAt: dueAt ?? row.dueAt };
}

/** Opens a clip again that did not arrive or was too much that day; the device still has it. Repeating it changes nothing. */
export function* sendClipAgain(
  d: Db,
  work: UnitOfWork,
  { scope, clip }: { scope: PatientScope; clip: MediaRow },
): Body<{ state: MediaState }> {
  const mediaId = clip.id;
  work.about(mediaId);
  if (clip.state !== 'failed' || !maySendAgain(clip.failure)) return { state: clip.state };
  const consent = yield* consentToClips(d, scope);
  if (!consent) throw new Failure('FORBIDDEN', 'consent_missing');
  if (yield* refusedByQuota(d, work, { scope, bytes: clip.bytes ?? 0 }))
    throw new Failure('CONFLICT', 'clip_quota_reached');
  const change = { state: 'pending' as const, failure: null, consentId: consent.id };
  yield* moveMedia(d, { mediaId, from: ['failed'], change });
  const checkIn = yield* followMedia(d, { mediaId, nowMs: work.nowMs });
  if (checkIn) work.tell('check_in', checkIn.id, { patientId: scope.patientId });
  return { state: change.state };
}

type Without = ClipOwner & { input: z.output<typeof withoutClipSchema> };

/**
 * The answers are all that will come: clips that did not arrive are waited for no longer, and what was said is looked at
 * as it is. Without effect where somebody has answered already.
 */
export function* goWithoutClip(d: Db, work: UnitOfWork, { input, scope, userId }: Without) {
  const { opId, checkInId } = input;
  const queued = { opId, userId, procedure: 'checkIns.goWithoutClip', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const row = yield* findCheckIn(d, { ...scope, checkInId });
    if (!row) throw notFound();
    work.about(checkInId);
    const left: MediaState[] = [];
    for (const { media } of yield* listCheckInMedia(d, { checkInIds: [checkInId] })) {
      const isLacking = media.state === 'pending' || (media.state === 'failed' && maySendAgain(media.failure));
      if (isLacking) yield* discardMedia(d, { mediaId: media.id, why: 'withdrawn', nowMs: work.nowMs });
      else if (media.state !== 'deleted') left.push(media.state);
    }
    const state = left.length === 0 ? ('ready' as const) : stateOfMedia(left);
    const isMoved = yield* moveCheckIn(d, { checkInId, from: [...WAITS_FOR_MEDIA], change: { state } });
    const toState = isMoved ? state : row.state;
    const step = { checkInId, fromState: row.state, toState, by: userId, nowMs: work.nowMs };
    yield* noteCheckIn(d, { ...step, reason: 'without clip' });
    work.tell('check_in', checkInId, { patientId: scope.patientId });
    work.tell('queue', checkInId);
    return { checkInId, state: toState };
  });
}
