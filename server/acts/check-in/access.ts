import 'server-only';
import type { Body, Db } from '#db/body';
import { findCheckInPatient } from '#db/queries/check-in/check-ins';
import { findMedia, findOwnMedia, type MediaRow } from '#db/queries/check-in/media';
import type { PatientStanding } from '#db/queries/people/access';
import { findReview, type ReviewRow } from '#db/queries/review/reviews';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Reader = { clinicId: string };

/** How the actor stands to the patient of a check-in; strangers and unknown ids look alike. */
export function* requireCheckIn(
  d: Db,
  work: UnitOfWork,
  { clinicId }: Reader,
  checkInId: string,
): Body<PatientStanding> {
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId });
  if (!patientId) throw notFound();
  return yield* work.patient(patientId);
}

/** A clip that the actor announced. */
export function* requireOwnClip(
  d: Db,
  work: UnitOfWork,
  { userId }: { userId: string },
  mediaId: string,
): Body<{ clip: MediaRow; standing: PatientStanding }> {
  const clip = yield* findOwnMedia(d, { userId, mediaId });
  if (!clip?.patientId || clip.kind !== 'clip') throw notFound();
  return { clip, standing: yield* work.patient(clip.patientId) };
}

/** A clip of a patient, whoever sent it. */
export function* requireClip(
  d: Db,
  work: UnitOfWork,
  { clinicId }: Reader,
  mediaId: string,
): Body<{ clip: MediaRow; standing: PatientStanding }> {
  const clip = yield* findMedia(d, { clinicId, mediaId });
  if (!clip?.patientId || clip.kind !== 'clip') throw notFound();
  return { clip, standing: yield* work.patient(clip.patientId) };
}

/** A review, if it was published to this patient. */
export function* requirePublishedReview(
  d: Db,
  work: UnitOfWork,
  { clinicId }: Reader,
  reviewId: string,
): Body<{ review: ReviewRow; standing: PatientStanding }> {
  const review = yield* findReview(d, { reviewId });
  if (review?.clinicId !== clinicId || review.publishedAt === null) throw notFound();
  return { review, standing: yield* requireCheckIn(d, work, { clinicId }, review.checkInId) };
}
