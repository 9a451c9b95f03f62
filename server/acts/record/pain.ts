import 'server-only';
import type { Body, Db } from '#db/body';
import type { PainInTest } from '#domain/record/enter';
import { type Answer, type By, storeCheck } from '#server/acts/practice/symptoms';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** Pain that somebody says while being tested goes the way of all pain: judged, flagged, and it stops what pain stops. */
export function* sayPainInTest(d: Db, work: UnitOfWork, { input, ...by }: By & { input: PainInTest }): Body<Answer> {
  const queued = { opId: input.opId, userId: by.enteredBy, procedure: 'record.sayPain', input, nowMs: work.nowMs };
  const { checkId, subjectId, saidAt, clock, pain } = input;
  return yield* once(d, queued, function* () {
    const said = { checkId, occasion: 'it_hurts', place: 'assessment', subjectId, saidAt, clock, pain } as const;
    return yield* storeCheck(d, work, { check: { ...said, lineageId: null, redFlags: null, shown: null }, ...by });
  });
}
