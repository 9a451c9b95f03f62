import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findCheckIn } from '#db/queries/check-in/check-ins';
import { insertNotice } from '#db/queries/contact/notices';
import { findReview, type ReviewRow, updateReview } from '#db/queries/review/reviews';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import type { answerReviewSchema } from '#domain/review/answer';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

export type Answer = z.output<typeof answerReviewSchema>['answer'];
export type Answered<A extends Answer = Answer> = { scope: PatientScope; review: ReviewRow; answer: A };

/** Keeps how a patient answered a review; its clinician hears of anything but "clear". */
export function* keepAnswer(d: Db, work: UnitOfWork, { scope, review, answer }: Answered): Body<void> {
  const change = { patientAnswer: answer, patientAnsweredAt: work.nowMs };
  yield* updateReview(d, { reviewId: review.id, state: review.state, change });
  if (answer !== 'clear') yield* tellClinician(d, work, { scope, review, answer, eventKey: `feedback:${review.id}` });
  work.tell('check_in', review.checkInId, { patientId: scope.patientId });
}

/** "It hurts", said of an answered check-in: its answer, unless one was given, and each time a notice for its clinician. */
export function* hearFeedback(
  d: Db,
  work: UnitOfWork,
  { scope, reviewId, checkId }: { scope: PatientScope; reviewId: string; checkId: string },
): Body<void> {
  const review = yield* findReview(d, { reviewId });
  if (!review || review.publishedAt === null || review.clinicId !== scope.clinicId) throw notFound();
  if (!(yield* findCheckIn(d, { ...scope, checkInId: review.checkInId }))) throw notFound();
  const answer = 'it_hurts' as const;
  if (review.patientAnswer === null) yield* keepAnswer(d, work, { scope, review, answer });
  else yield* tellClinician(d, work, { scope, review, answer, eventKey: `feedback:${checkId}` });
}

/** It was a slip: the answer is open again. */
export function* reopenFeedback(
  d: Db,
  work: UnitOfWork,
  { scope, reviewId }: { scope: PatientScope; reviewId: string },
): Body<void> {
  const review = yield* findReview(d, { reviewId });
  if (review?.clinicId !== scope.clinicId || review.patientAnswer !== 'it_hurts') return;
  if (!(yield* findCheckIn(d, { ...scope, checkInId: review.checkInId }))) return;
  const change = { patientAnswer: null, patientAnsweredAt: null };
  yield* updateReview(d, { reviewId, state: review.state, change });
  work.tell('check_in', review.checkInId, { patientId: scope.patientId });
}

type NotClear = Answered<Exclude<Answer, 'clear'>> & { eventKey: string };

function* tellClinician(d: Db, work: UnitOfWork, { scope, review, answer, eventKey }: NotClear): Body<void> {
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId: scope.clinicId,
    userId: review.clinicianId,
    kind: `feedback_${answer}`,
    subjectId: review.checkInId,
    eventKey,
    createdAt: work.nowMs,
  });
  work.tell('notice', review.checkInId, { userId: review.clinicianId });
}
