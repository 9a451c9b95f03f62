import 'server-only';
import type { Body, Db } from '#db/body';
import { findSymptomCheck } from '#db/queries/practice/symptom-checks';
import { notFound } from '#domain/input/failure';
import type { AmendSymptoms, SaySymptoms } from '#domain/practice/symptom-check';
import { type Answer, amendCheck, type By, storeCheck } from '#server/acts/practice/symptoms';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { hearFeedback, reopenFeedback } from './feedback';

/**
 * What a person says outside of a log, once per operation of the device, judged as every other answer. Said of an answered
 * check-in it is the answer to that, too.
 */
export function* saySymptoms(d: Db, work: UnitOfWork, { input, ...by }: By & { input: SaySymptoms }): Body<Answer> {
  const queued = { opId: input.opId, userId: by.enteredBy, procedure: 'symptoms.say', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { place, subjectId: reviewId, checkId } = input;
    if (place === 'feedback' && reviewId !== null) yield* hearFeedback(d, work, { scope: by.scope, reviewId, checkId });
    return yield* storeCheck(d, work, { check: input, ...by });
  });
}

/** Adds the pain that was asked next, or says that it was a slip. */
export function* amendSymptoms(d: Db, work: UnitOfWork, { input, ...by }: By & { input: AmendSymptoms }): Body<Answer> {
  const queued = { opId: input.opId, userId: by.enteredBy, procedure: 'symptoms.amend', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const check = yield* findSymptomCheck(d, { ...by.scope, checkId: input.checkId });
    if (!check) throw notFound();
    const isFeedback = check.place === 'feedback' && check.occasion === 'it_hurts' && input.change.kind === 'slip';
    if (isFeedback && check.subjectId !== null)
      yield* reopenFeedback(d, work, { scope: by.scope, reviewId: check.subjectId });
    return yield* amendCheck(d, work, { input, check, ...by });
  });
}
