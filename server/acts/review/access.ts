import 'server-only';
import type { Body, Db } from '#db/body';
import { type CheckInRow, findCheckIn } from '#db/queries/check-in/check-ins';
import type { PatientStanding } from '#db/queries/people/access';
import { findHeld } from '#db/queries/review/queue';
import { findReview, type ReviewRow } from '#db/queries/review/reviews';
import { Failure, notFound } from '#domain/input/failure';
import { requireCheckIn } from '#server/acts/check-in/access';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

export type Claim = { checkInId: string; leaseToken: string };
type Clinician = { clinicId: string; userId: string };

/** A claim that holds, with the proof that who holds it reaches the patient. */
export type HeldClaim = {
  standing: PatientStanding;
  held: Claim & { clinicId: string; patientId: string; userId: string };
  checkIn: CheckInRow;
};

/** The check-in of a claim that still holds, after the actor was found to reach its patient. */
export function* requireHeld(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId }: Clinician,
  { checkInId, leaseToken }: Claim,
): Body<HeldClaim> {
  const standing = yield* requireCheckIn(d, work, { clinicId }, checkInId);
  work.about(checkInId);
  const held = { ...standing.scope, userId, checkInId, leaseToken };
  const checkIn = yield* findHeld(d, held);
  if (!checkIn) throw yield* whyLost(d, standing, checkInId);
  return { standing, held, checkIn };
}

function* whyLost(d: Db, { scope }: PatientStanding, checkInId: string): Body<Failure> {
  const checkIn = yield* findCheckIn(d, { ...scope, checkInId });
  return new Failure('CONFLICT', checkIn?.state === 'withdrawn' ? 'check_in_withdrawn' : 'claim_lost');
}

/**
 * For drawing, which adds to the clinician's own draft and overwrites nothing: what waited on the device while the page
 * was reloaded carries the claim before, and is theirs all the same as long as the check-in is.
 */
export function* requireOwnReview(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId }: Clinician,
  checkInId: string,
): Body<{ patientId: string }> {
  const { scope } = yield* requireCheckIn(d, work, { clinicId }, checkInId);
  work.about(checkInId);
  const checkIn = yield* findCheckIn(d, { ...scope, checkInId });
  if (checkIn?.state !== 'in_review' || checkIn.claimedBy !== userId) throw new Failure('CONFLICT', 'claim_lost');
  return { patientId: scope.patientId };
}

/** A review, draft or published, of a patient whom the actor reaches. */
export function* requireReview(
  d: Db,
  work: UnitOfWork,
  { clinicId }: { clinicId: string },
  reviewId: string,
): Body<{ review: ReviewRow; standing: PatientStanding }> {
  const review = yield* findReview(d, { reviewId });
  if (review?.clinicId !== clinicId) throw notFound();
  return { review, standing: yield* requireCheckIn(d, work, { clinicId }, review.checkInId) };
}
