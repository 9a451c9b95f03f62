import 'server-only';
import { dequal } from 'dequal/lite';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { type CheckInRow, listCheckInMedia } from '#db/queries/check-in/check-ins';
import {
  findDraft,
  findLastReviewNumber,
  insertReview,
  type ReviewRow,
  updateReview,
} from '#db/queries/review/reviews';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import { nextRevision } from '#domain/input/revision';
import type { SaveReview } from '#domain/review/answer';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { Claim } from './access';

type Open = { scope: PatientScope; checkIn: CheckInRow; clinicianId: string; leaseToken: string };

/** One's own draft goes on; somebody else's is superseded, with its drawing, and a new one begins. */
export function* openDraft(d: Db, work: UnitOfWork, { scope, checkIn, clinicianId, leaseToken }: Open): Body<string> {
  const draft = yield* findDraft(d, { checkInId: checkIn.id });
  if (draft?.clinicianId === clinicianId) {
    yield* updateReview(d, { reviewId: draft.id, state: 'draft', change: { leaseToken } });
    return draft.id;
  }
  if (draft) yield* updateReview(d, { reviewId: draft.id, state: 'draft', change: { state: 'superseded' } });
  const [clip] = yield* listCheckInMedia(d, { checkInIds: [checkIn.id] });
  const surfaceId = uuidv7();
  yield* insertSurface(d, { id: surfaceId, ...scope, kind: 'clip', mediaId: clip?.media.id });
  const reviewId = uuidv7();
  yield* insertReview(d, {
    id: reviewId,
    clinicId: scope.clinicId,
    checkInId: checkIn.id,
    number: (yield* findLastReviewNumber(d, { checkInId: checkIn.id })) + 1,
    state: 'draft',
    clinicianId,
    summary: '',
    outcome: 'feedback',
    errorTags: [],
    surfaceId,
    surfaceRevision: 0,
    leaseToken,
    createdAt: work.nowMs,
  });
  return reviewId;
}

/** The draft that was opened for this claim. */
export function* requireDraft(d: Db, { checkInId, leaseToken }: Claim): Body<ReviewRow> {
  const draft = yield* findDraft(d, { checkInId });
  if (draft?.leaseToken !== leaseToken) throw new Failure('CONFLICT', 'claim_lost');
  return draft;
}

type Written = Pick<SaveReview, 'summary' | 'errorTags' | 'draftDose'>;

/** Keeps what was written so far. */
export function* saveDraft(
  d: Db,
  work: UnitOfWork,
  { checkInId, leaseToken, revision: seen, outcome, ...written }: SaveReview,
): Body<{ savedAt: number; revision: number }> {
  const draft = yield* requireDraft(d, { checkInId, leaseToken });
  const { summary, errorTags, draftDose } = draft;
  const stored = { value: { summary, errorTags, draftDose }, revision: draft.draftRevision };
  const draftRevision = nextRevision<Written>(stored, { value: written, revision: seen }, dequal);
  const change = { ...written, outcome, draftRevision };
  yield* updateReview(d, { reviewId: draft.id, state: 'draft', change });
  return { savedAt: work.nowMs, revision: draftRevision };
}
