import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { Failure } from '#domain/input/failure';
import { storeCheck } from '#server/acts/practice/symptoms';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type Answer, type Answered, keepAnswer } from './feedback';

/** Was the review clear? "It hurts" is a red flag; the clinician hears of anything but "clear". First answer counts. */
export function* answerReview(
  d: Db,
  work: UnitOfWork,
  { scope, timeZone, enteredBy, review, answer }: Answered & { timeZone: string; enteredBy: string },
): Body<{ answer: Answer }> {
  work.about(review.id);
  if (review.patientAnswer === answer) return { answer };
  if (review.patientAnswer !== null) throw new Failure('CONFLICT', 'operation_differs');
  yield* keepAnswer(d, work, { scope, review, answer });
  if (answer === 'it_hurts') {
    // Earlier builds of the phone say it here alone.
    const check = {
      checkId: uuidv7(),
      occasion: 'it_hurts' as const,
      place: 'feedback' as const,
      subjectId: review.id,
      lineageId: null,
      saidAt: work.nowMs,
      pain: null,
      redFlags: null,
      shown: null,
    };
    yield* storeCheck(d, work, { check, scope, timeZone, enteredBy });
  }
  return { answer };
}
