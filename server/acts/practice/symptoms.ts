import 'server-only';
import type { Body, Db } from '#db/body';
import { addToFlag, findFlagOfSource } from '#db/queries/practice/flags';
import {
  findSymptomCheck,
  insertSymptomCheck,
  type SymptomCheckRow,
  updateSymptomCheck,
} from '#db/queries/practice/symptom-checks';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { Shown } from '#domain/practice/log';
import type { Zone } from '#domain/practice/pain-policy';
import { isSlipOf } from '#domain/practice/stop';
import type { AmendSymptoms, SaySymptoms } from '#domain/practice/symptom-check';
import type { DeviceClock, Righted } from '#domain/time/device-clock';
import { localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { actOnMorning } from './morning';
import { actFurther, actOnPain, painFacts } from './pain';
import { painLimitOf } from './pain-limit';
import { liftByMorning, liftStopsOfFlag } from './stops';

export type By = { scope: PatientScope; timeZone: string; enteredBy: string };
type Check = Omit<SaySymptoms, 'opId' | 'place'> & { place: SymptomCheckRow['place'] };
export type Answer = { zone: Zone };

const shownIn = (shown: Shown | null) => ({
  shownZone: shown?.zone ?? null,
  shownPolicyVersion: shown?.policyVersion ?? null,
});

/** When something was said, by a clock that may be wrong. */
function saidBy(work: UnitOfWork, { saidAt, clock }: { saidAt: number; clock?: DeviceClock | undefined }): Righted {
  return work.rightClock({ times: [saidAt], clock })(saidAt);
}

/** Stores a check, judges it, and lets a settled morning end what only a day had stopped. */
export function* storeCheck(d: Db, work: UnitOfWork, { check, ...by }: By & { check: Check }): Body<Answer> {
  const { scope, timeZone, enteredBy } = by;
  const { checkId: id, shown, ...row } = check;
  // What hurts is never refused for a clock.
  const { at: saidAt, deviceAt: deviceSaidAt } = saidBy(work, check);
  const localOn = localDay(saidAt, timeZone);
  const prescriptionLimit = yield* painLimitOf(d, scope, check.lineageId);
  const isNew = yield* insertSymptomCheck(d, {
    ...scope,
    id,
    occasion: row.occasion,
    place: row.place,
    subjectId: row.subjectId,
    lineageId: row.lineageId,
    pain: row.pain,
    redFlags: row.redFlags,
    ...shownIn(shown),
    localOn,
    saidAt,
    deviceSaidAt,
    receivedAt: work.nowMs,
    enteredBy,
  });
  if (!isNew)
    throw (yield* findSymptomCheck(d, { ...scope, checkId: id }))
      ? new Failure('CONFLICT', 'operation_differs')
      : notFound();
  work.about(id);
  const facts = yield* painFacts(d, scope, saidAt);
  const { zone } = yield* actOnPain(d, work, {
    scope,
    facts,
    said: { pain: check.pain, redFlags: check.redFlags ?? [], prescriptionLimit, atMs: saidAt },
    saidAt,
    deviceSaidAt,
    timeZone,
    shownZone: shown?.zone ?? null,
    lineageIds: [check.lineageId],
    source: { kind: 'symptom_check', id },
    itHurts: check.occasion === 'it_hurts',
  });
  if (check.occasion === 'morning' || check.occasion === 'before_practice') {
    yield* actOnMorning(d, work, { scope, facts, morning: { localOn, saidAt, pain: check.pain }, sourceId: id });
    yield* liftByMorning(d, work, { scope, facts });
  }
  return { zone };
}

/** Adds the pain that was asked next, or says that it was a slip. What was said first stays. */
export function* amendCheck(
  d: Db,
  work: UnitOfWork,
  { input, check, ...by }: By & { input: AmendSymptoms; check: SymptomCheckRow },
): Body<Answer> {
  work.about(check.id);
  const righted = saidBy(work, input);
  const asked = { ...by, check, righted, saidAt: righted.at, change: input.change };
  return input.change.kind === 'pain' ? yield* addPain(d, work, asked) : yield* takeBack(d, work, asked);
}

type Amend = By & { check: SymptomCheckRow; righted: Righted; saidAt: number; change: AmendSymptoms['change'] };

/** The pain asked after "It hurts": it can make what was said worse, never milder. */
function* addPain(d: Db, work: UnitOfWork, amend: Amend): Body<Answer> {
  const { scope, check, change } = amend;
  if (check.pain !== null) throw new Failure('CONFLICT', 'operation_differs');
  const added = { pain: change.pain, ...shownIn(change.shown) };
  yield* updateSymptomCheck(d, { ...scope, checkId: check.id, change: added });
  const flag = yield* findFlagOfSource(d, { ...scope, sourceKind: 'symptom_check', sourceId: check.id });
  const answered = yield* answerOf(d, amend);
  // Somebody looked at the flag already: what comes after is to be looked at anew.
  if (!flag || flag.seenAt !== null) return yield* actOnPain(d, work, { ...answered, kind: 'pain_after' });
  return yield* actFurther(d, work, { ...answered, flag });
}

/** The number of an amendment, as it is judged: against what was usual when the check began. */
function* answerOf(d: Db, { scope, timeZone, check, righted, saidAt, change }: Amend) {
  return {
    scope,
    facts: yield* painFacts(d, scope, check.saidAt),
    said: {
      pain: change.pain,
      redFlags: [],
      prescriptionLimit: yield* painLimitOf(d, scope, check.lineageId),
      atMs: check.saidAt,
    },
    saidAt,
    deviceSaidAt: righted.deviceAt,
    timeZone,
    shownZone: change.shown?.zone ?? null,
    lineageIds: [check.lineageId],
    source: { kind: 'symptom_check' as const, id: check.id },
  };
}

function* takeBack(d: Db, work: UnitOfWork, amend: Amend): Body<Answer> {
  const { scope, enteredBy, check, righted, saidAt, change } = amend;
  if (check.takenBackAt !== null) throw new Failure('CONFLICT', 'operation_differs');
  const corrected = { takenBackAt: saidAt, correctedPain: change.pain };
  yield* updateSymptomCheck(d, { ...scope, checkId: check.id, change: corrected });
  const flag = yield* findFlagOfSource(d, { ...scope, sourceKind: 'symptom_check', sourceId: check.id });
  if (flag) {
    yield* addToFlag(d, { ...scope, flagId: flag.id, change: corrected });
    work.tell('flag', scope.patientId, { patientId: scope.patientId });
    if (isSlipOf({ at: check.saidAt, deviceAt: check.deviceSaidAt }, righted))
      yield* liftStopsOfFlag(d, work, { scope, flagId: flag.id, liftedBy: enteredBy, liftedFor: 'slip' });
  }
  // The number that was meant may itself be a reason to stop.
  return yield* actOnPain(d, work, { ...(yield* answerOf(d, amend)), kind: 'pain_instead' });
}
