import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertNotice } from '#db/queries/contact/notices';
import { type ReviewRow, updateReview } from '#db/queries/review/reviews';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import type { answerReviewSchema } from '#domain/review/answer';
import { raiseItHurts } from '#server/acts/practice/pain';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Answer = z.output<typeof answerReviewSchema>['answer'];
type Answered<A extends Answer = Answer> = { scope: PatientScope; review: ReviewRow; answer: A };

/** Was the review clear? "It hurts" is a red flag; the clinician hears of anything but "clear". First answer counts. */
export function* answerReview(d: Db, work: UnitOfWork, { scope, review, answer }: Answered): Body<{ answer: Answer }> {
  work.about(review.id);
  if (review.patientAnswer === answer) return { answer };
  if (review.patientAnswer !== null) throw new Failure('CONFLICT', 'operation_differs');
  const change = { patientAnswer: answer, patientAnsweredAt: work.nowMs };
  yield* updateReview(d, { reviewId: review.id, state: review.state, change });
  if (answer !== 'clear') yield* tellClinician(d, work, { scope, review, answer });
  work.tell('check_in', review.checkInId, { patientId: scope.patientId });
  return { answer };
}

type NotClear = Answered<Exclude<Answer, 'clear'>>;

function* tellClinician(d: Db, work: UnitOfWork, { scope, review, answer }: NotClear): Body<void> {
  if (answer === 'it_hurts') yield* raiseItHurts(d, work, { scope, source: { kind: 'feedback', id: review.id } });
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId: scope.clinicId,
    userId: review.clinicianId,
    kind: `feedback_${answer}`,
    subjectId: review.checkInId,
    eventKey: `feedback:${review.id}`,
    createdAt: work.nowMs,
  });
  work.tell('notice', review.checkInId, { userId: review.clinicianId });
}
