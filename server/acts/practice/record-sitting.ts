import 'server-only';
import type { Body, Db } from '#db/body';
import { findLog, findPractice, insertLog, insertPractice, type LogRow, retireLog } from '#db/queries/practice/logs';
import { findOwnPrescriptions, type PrescriptionRow } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { type Log, logDay, type Practice } from '#domain/practice/log';
import { type PainAnswer, painZone } from '#domain/practice/pain-policy';
import { refuseFuture } from '#server/runtime/device-clock';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { actOnMorning, actOnPain, painFacts } from './pain';

type Sitting = { practice: Practice | null; logs: Log[] };
type Recorded = { scope: PatientScope; enteredBy: string; input: Sitting & { opId: string } };

type Arrival = {
  scope: PatientScope;
  enteredBy: string;
  prescriptions: ReadonlyMap<string, PrescriptionRow>;
  facts: ReturnType<typeof painFacts> extends Body<infer T> ? T : never;
};

/** One sitting with its logs, once per operation of the device. `performedAt` is kept however late it arrives. */
export function* recordSitting(
  d: Db,
  work: UnitOfWork,
  { scope, enteredBy, input }: Recorded,
): Body<{ stored: number; zones: PainAnswer['zone'][] }> {
  const queued = { opId: input.opId, userId: enteredBy, procedure: 'logs.record', input, nowMs: work.nowMs };
  return yield* once(d, queued, () => storeSitting(d, work, input, { scope, enteredBy }));
}

function* storeSitting(
  d: Db,
  work: UnitOfWork,
  { practice, logs }: Sitting,
  by: Pick<Arrival, 'scope' | 'enteredBy'>,
): Body<{ stored: number; zones: PainAnswer['zone'][] }> {
  const { scope } = by;
  const prescriptions = yield* requirePrescriptions(d, scope, logs);
  if (practice) yield* storePractice(d, work, scope, practice);
  const facts = yield* painFacts(d, scope, work.nowMs);
  const arrival = { ...by, prescriptions, facts };
  const answers: PainAnswer[] = [];
  for (const log of logs) answers.push(yield* storeLog(d, work, log, arrival));
  if (practice) yield* actOnMorning(d, work, { scope, facts, practice });
  const whole = practice ? yield* actOnSitting(d, work, { practice, logs }, arrival) : null;
  if (whole) answers.push(whole);
  work.tell('log', scope.patientId, { patientId: scope.patientId });
  return { stored: logs.length, zones: answers.map((answer) => answer.zone) };
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
function* storePractice(d: Db, work: UnitOfWork, scope: PatientScope, practice: Practice): Body<void> {
  refuseFuture(work, practice.startedAt);
  refuseFuture(work, practice.endedAt);
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

function* storeLog(
  d: Db,
  work: UnitOfWork,
  log: Log,
  { scope, enteredBy, prescriptions, facts }: Arrival,
): Body<PainAnswer> {
  refuseFuture(work, log.performedAt);
  if (log.practiceId && !(yield* findPractice(d, { ...scope, practiceId: log.practiceId }))) throw notFound();
  const before = yield* supersede(d, scope, log);
  const { sets, ...row } = log;
  const isNew = yield* insertLog(
    d,
    { ...row, ...scope, localOn: logDay(log), receivedAt: work.nowMs, enteredBy, isCurrent: true },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  if (!isNew)
    throw (yield* findLog(d, { ...scope, logId: log.id })) ? new Failure('CONFLICT', 'operation_differs') : notFound();
  const prescriptionLimit = prescriptions.get(log.prescriptionId)?.painLimit ?? null;
  const asked = { pain: log.pain, redFlags: [], prescriptionLimit };
  // The same pain said again, beside another correction, is the flag that stands already.
  if (before?.pain === log.pain) return painZone({ ...asked, ...facts });
  return yield* actOnPain(d, work, { scope, facts, ...asked, source: { kind: 'log', id: log.id } });
}

/** Pain said once for the whole sitting counts for each exercise in it: the strictest limit holds. */
function* actOnSitting(
  d: Db,
  work: UnitOfWork,
  { practice, logs }: { practice: Practice; logs: readonly Log[] },
  { scope, prescriptions, facts }: Arrival,
): Body<PainAnswer | null> {
  // One answer makes one flag: a sitting of one exercise gives the same pain twice.
  if (practice.painAfter === null || logs.some((log) => log.pain === practice.painAfter)) return null;
  const limits = logs
    .filter((log) => log.state !== 'skipped')
    .map((log) => prescriptions.get(log.prescriptionId)?.painLimit ?? null)
    .filter((limit) => limit !== null);
  return yield* actOnPain(d, work, {
    scope,
    facts,
    pain: practice.painAfter,
    redFlags: [],
    prescriptionLimit: limits.length === 0 ? null : Math.min(...limits),
    source: { kind: 'log', id: practice.id },
  });
}
