import 'server-only';
import type { Body, Db } from '#db/body';
import { addToFlag, findFlagOfSource } from '#db/queries/practice/flags';
import { findLog, findPractice, insertLog, insertPractice, type LogRow, retireLog } from '#db/queries/practice/logs';
import { listChecksOfSubject, type SymptomCheckRow } from '#db/queries/practice/symptom-checks';
import { findOwnPrescriptions, type PrescriptionRow } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { type Log, logDay, type Practice } from '#domain/practice/log';
import type { Zone } from '#domain/practice/pain-policy';
import { isSlipOf } from '#domain/practice/stop';
import type { Righted } from '#domain/time/device-clock';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { actOnMorning } from './morning';
import { actOnPain, type PainFacts, painFacts } from './pain';
import { rightSitting, type Sitting, type TimedLog, type TimedPractice, type TimedSitting } from './sitting-times';
import { liftByMorning, liftStopsOfFlag } from './stops';

type By = { scope: PatientScope; timeZone: string; enteredBy: string };

type Arrival = By & {
  practice: TimedPractice | null;
  prescriptions: ReadonlyMap<string, PrescriptionRow>;
  facts: PainFacts;
};

/**
 * One sitting with its logs, once per operation of the device. `performedAt` is kept however late it arrives, and put right
 * where the device's clock was wrong.
 */
export function* recordSitting(
  d: Db,
  work: UnitOfWork,
  { input, ...by }: By & { input: Sitting & { opId: string } },
): Body<{ stored: number; zones: Zone[] }> {
  const queued = { opId: input.opId, userId: by.enteredBy, procedure: 'logs.record', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const corrected = yield* listCorrected(d, by.scope, input.logs);
    return yield* storeSitting(d, work, rightSitting(work, input, { timeZone: by.timeZone, corrected }), by);
  });
}

/** The logs that these correct. */
function* listCorrected(d: Db, scope: PatientScope, logs: readonly Log[]): Body<ReadonlyMap<string, LogRow>> {
  const found = new Map<string, LogRow>();
  for (const { supersedesId } of logs) {
    const before = supersedesId === null ? undefined : yield* findLog(d, { ...scope, logId: supersedesId });
    if (before) found.set(before.id, before);
  }
  return found;
}

function* storeSitting(
  d: Db,
  work: UnitOfWork,
  { practice, logs }: TimedSitting,
  by: Pick<Arrival, 'scope' | 'timeZone' | 'enteredBy'>,
): Body<{ stored: number; zones: Zone[] }> {
  const { scope } = by;
  const prescriptions = yield* requirePrescriptions(d, scope, logs);
  if (practice) yield* storePractice(d, work, scope, oneAnswerOnce(practice, logs));
  const facts = yield* painFacts(d, scope, yield* firstBegan(d, scope, { practice, logs }, work.nowMs));
  const arrival = { ...by, practice, prescriptions, facts };
  const zones: Zone[] = [];
  for (const log of logs) zones.push(yield* storeLog(d, work, log, arrival));
  if (practice) zones.push(...(yield* actOnSitting(d, work, { practice, logs }, arrival)));
  work.tell('log', scope.patientId, { patientId: scope.patientId });
  return { stored: logs.length, zones };
}

/**
 * The pain of a log said once more for its sitting is one answer, kept with the log: there it can be corrected. Earlier
 * builds of the phone send it twice.
 */
function oneAnswerOnce<P extends Practice>(practice: P, logs: readonly Log[]): P {
  const isTwice = logs.some((log) => log.pain === practice.painAfter);
  return isTwice ? { ...practice, painAfter: null } : practice;
}

/** What the logs are of: the patient's own prescriptions, of whatever version, named as they stand. */
function* requirePrescriptions(d: Db, scope: PatientScope, logs: readonly Log[]) {
  const owned = yield* findOwnPrescriptions(d, { ...scope, ids: logs.map((log) => log.prescriptionId) });
  const found = new Map(owned.map(({ prescription }) => [prescription.id, prescription]));
  for (const log of logs) {
    const row = found.get(log.prescriptionId);
    if (row?.lineageId !== log.lineageId || row.programVersionId !== log.programVersionId) throw notFound();
  }
  return found;
}

/** A sitting may come several times, with the logs of one exercise each; the id of somebody else does not exist. */
function* storePractice(d: Db, work: UnitOfWork, scope: PatientScope, practice: TimedPractice): Body<void> {
  if (yield* insertPractice(d, { ...practice, ...scope, receivedAt: work.nowMs })) return;
  if (!(yield* findPractice(d, { ...scope, practiceId: practice.id }))) throw notFound();
}

/** Takes the place of the log that this one corrects; what stood there before, or undefined. */
function* supersede(d: Db, scope: PatientScope, log: Log): Body<LogRow | undefined> {
  if (!log.supersedesId) return undefined;
  const before = yield* findLog(d, { ...scope, logId: log.supersedesId });
  if (before?.lineageId !== log.lineageId) throw notFound();
  if (!(yield* retireLog(d, { logId: before.id }))) throw new Failure('CONFLICT', 'changed_meanwhile');
  return before;
}

/** When its sitting began: the usual pain is of before that. */
function beganAt(log: TimedLog, practice: { id: string; startedAt: number } | null): number {
  return practice !== null && practice.id === log.practiceId ? practice.startedAt : log.performedAt;
}

/** When the first of their sittings began: a correction may be of one long past. */
function* firstBegan(d: Db, scope: PatientScope, { practice, logs }: TimedSitting, nowMs: number): Body<number> {
  let first = practice?.startedAt ?? nowMs;
  for (const log of logs) {
    const isOfIt = log.practiceId === null || log.practiceId === practice?.id;
    const sitting = log.practiceId && !isOfIt ? yield* findPractice(d, { ...scope, practiceId: log.practiceId }) : null;
    first = Math.min(first, beganAt(log, sitting ?? practice));
  }
  return first;
}

function* storeLog(d: Db, work: UnitOfWork, log: TimedLog, arrival: Arrival): Body<Zone> {
  const { scope, timeZone, enteredBy, prescriptions, facts, practice } = arrival;
  const sitting = log.practiceId ? yield* findPractice(d, { ...scope, practiceId: log.practiceId }) : practice;
  if (log.practiceId && !sitting) throw notFound();
  const before = yield* supersede(d, scope, log);
  const { sets, shown, ...row } = log;
  const { saidAt, deviceSaidAt } = log;
  const shownZone = shown?.zone ?? null;
  const isNew = yield* insertLog(
    d,
    {
      ...row,
      ...scope,
      localOn: logDay(log),
      receivedAt: work.nowMs,
      enteredBy,
      isCurrent: true,
      shownZone,
      shownPolicyVersion: shown?.policyVersion ?? null,
    },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  if (!isNew)
    throw (yield* findLog(d, { ...scope, logId: log.id })) ? new Failure('CONFLICT', 'operation_differs') : notFound();
  if (before && before.pain !== log.pain)
    yield* correctAnswer(d, work, {
      scope,
      enteredBy,
      before,
      pain: log.pain,
      said: { at: saidAt, deviceAt: deviceSaidAt },
    });
  const { zone } = yield* actOnPain(d, work, {
    scope,
    facts,
    said: {
      pain: log.pain,
      redFlags: [],
      prescriptionLimit: prescriptions.get(log.prescriptionId)?.painLimit ?? null,
      atMs: beganAt(log, sitting ?? null),
    },
    saidAt,
    deviceSaidAt: deviceSaidAt ?? log.devicePerformedAt,
    timeZone,
    shownZone,
    lineageIds: [log.lineageId],
    source: { kind: 'log', id: log.id },
    // The same pain said again, beside another correction, and that of "It hurts": their flags stand already.
    isKnown: before?.pain === log.pain || (yield* findHurtOf(d, scope, log.id)) !== undefined,
  });
  return zone;
}

/** What was said by "It hurts" while this log was made, unless it was taken back. */
function* findHurtOf(d: Db, scope: PatientScope, logId: string): Body<SymptomCheckRow | undefined> {
  const checks = yield* listChecksOfSubject(d, { ...scope, subjectId: logId });
  return checks.find(({ occasion, takenBackAt }) => occasion === 'it_hurts' && takenBackAt === null);
}

type Corrected = Pick<Arrival, 'scope' | 'enteredBy'> & { before: LogRow; pain: number | null; said: Righted };

/** The flag of a log keeps both numbers; what it stopped goes on where it was taken back within minutes. */
function* correctAnswer(d: Db, work: UnitOfWork, { scope, enteredBy, before, pain, said }: Corrected): Body<void> {
  const hurt = yield* findHurtOf(d, scope, before.id);
  const source = hurt
    ? { sourceKind: 'symptom_check' as const, sourceId: hurt.id }
    : { sourceKind: 'log' as const, sourceId: before.id };
  const flag = yield* findFlagOfSource(d, { ...scope, ...source });
  if (!flag) return;
  yield* addToFlag(d, { ...scope, flagId: flag.id, change: { correctedPain: pain, takenBackAt: said.at } });
  if (isSlipOf({ at: before.saidAt ?? before.performedAt, deviceAt: before.deviceSaidAt }, said))
    yield* liftStopsOfFlag(d, work, { scope, flagId: flag.id, liftedBy: enteredBy, liftedFor: 'slip' });
}

/** Pain said once for the whole sitting counts for each exercise in it; the strictest limit holds. So does pain before it. */
function* actOnSitting(
  d: Db,
  work: UnitOfWork,
  { practice, logs }: { practice: TimedPractice; logs: readonly TimedLog[] },
  { scope, timeZone, prescriptions, facts }: Arrival,
): Body<Zone[]> {
  const { id, localOn, startedAt, endedAt, painBefore, deviceStartedAt, deviceEndedAt } = practice;
  const { painAfter } = oneAnswerOnce(practice, logs);
  const done = logs.filter((log) => log.state !== 'skipped');
  const limits = done
    .map((log) => prescriptions.get(log.prescriptionId)?.painLimit ?? null)
    .filter((limit) => limit !== null);
  const prescriptionLimit = limits.length === 0 ? null : Math.min(...limits);
  const lineageIds = [...new Set((done.length > 0 ? done : logs).map((log) => log.lineageId))];
  const source = { kind: 'log' as const, id };
  const common = { scope, timeZone, facts, shownZone: null, lineageIds, source };
  const asked = { redFlags: [], prescriptionLimit, atMs: startedAt };
  const zones: Zone[] = [];
  if (painBefore !== null) {
    const said = { ...asked, pain: painBefore };
    yield* actOnPain(d, work, {
      ...common,
      said,
      saidAt: startedAt,
      deviceSaidAt: deviceStartedAt,
      kind: 'pain_before',
    });
    const morning = { localOn, saidAt: startedAt, pain: painBefore };
    yield* actOnMorning(d, work, { scope, facts, morning, sourceId: id });
    yield* liftByMorning(d, work, { scope, facts });
  }
  if (painAfter !== null) {
    const times = { saidAt: endedAt ?? startedAt, deviceSaidAt: deviceEndedAt };
    const answer = yield* actOnPain(d, work, { ...common, said: { ...asked, pain: painAfter }, ...times });
    zones.push(answer.zone);
  }
  return zones;
}
