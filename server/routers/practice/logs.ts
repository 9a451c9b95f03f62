import 'server-only';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import type { PatientScope, PatientStanding } from '#db/queries/people/access';
import {
  findLog,
  findPractice,
  insertLog,
  insertPractice,
  type LogRow,
  listLogPage,
  listLogSets,
  listLogs,
  retireLog,
} from '#db/queries/practice/logs';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, findOwnPrescriptions, listLineageVersions, type PrescriptionRow } from '#db/queries/program/programs';
import { Failure, notFound } from '#domain/input/failure';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { type Log, logDay, logSchema, type Practice, practiceSchema, trend } from '#domain/practice/log';
import { type PainAnswer, painZone } from '#domain/practice/pain-policy';
import { CLOCK_AHEAD_MS, DAY_MS } from '#domain/time/duration';
import { actOnMorning, actOnPain, painFacts } from '#server/acts/practice/pain';
import type { Actor } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';
import { once } from '#server/runtime/operations';
import type { Act } from '#server/runtime/unit-of-work';

const PAGE = 50;

const recordSchema = z.object({
  opId: idSchema,
  practice: z.nullable(practiceSchema),
  logs: z.array(logSchema).min(1).max(20),
});

function* ownPatient(act: Act, actor: Actor): Body<PatientStanding> {
  if (!actor.patientId) throw notFound();
  return yield* act.patient(actor.patientId);
}

type Arrival = {
  scope: PatientScope;
  enteredBy: string;
  prescriptions: ReadonlyMap<string, PrescriptionRow>;
  facts: ReturnType<typeof painFacts> extends Body<infer T> ? T : never;
};

function refuseFuture(act: Act, at: number | null): void {
  if (at !== null && at > act.nowMs + CLOCK_AHEAD_MS) throw new Failure('BAD_REQUEST', 'performed_in_future');
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
function* storePractice(d: Db, act: Act, scope: PatientScope, practice: Practice): Body<void> {
  refuseFuture(act, practice.startedAt);
  refuseFuture(act, practice.endedAt);
  if (yield* insertPractice(d, { ...practice, ...scope, receivedAt: act.nowMs })) return;
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

function* storeLog(d: Db, act: Act, log: Log, { scope, enteredBy, prescriptions, facts }: Arrival): Body<PainAnswer> {
  refuseFuture(act, log.performedAt);
  if (log.practiceId && !(yield* findPractice(d, { ...scope, practiceId: log.practiceId }))) throw notFound();
  const before = yield* supersede(d, scope, log);
  const { sets, ...row } = log;
  const isNew = yield* insertLog(
    d,
    { ...row, ...scope, localOn: logDay(log), receivedAt: act.nowMs, enteredBy, isCurrent: true },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  if (!isNew)
    throw (yield* findLog(d, { ...scope, logId: log.id })) ? new Failure('CONFLICT', 'operation_differs') : notFound();
  const prescriptionLimit = prescriptions.get(log.prescriptionId)?.painLimit ?? null;
  const asked = { pain: log.pain, redFlags: [], prescriptionLimit };
  // The same pain said again, beside another correction, is the flag that stands already.
  if (before?.pain === log.pain) return painZone({ ...asked, ...facts });
  return yield* actOnPain(d, act, { scope, facts, ...asked, source: { kind: 'log', id: log.id } });
}

/** Pain said once for the whole sitting counts for each exercise in it: the strictest limit holds. */
function* actOnSitting(
  d: Db,
  act: Act,
  { practice, logs }: { practice: Practice; logs: readonly Log[] },
  { scope, prescriptions, facts }: Arrival,
): Body<PainAnswer | null> {
  // One answer makes one flag: a sitting of one exercise gives the same pain twice.
  if (practice.painAfter === null || logs.some((log) => log.pain === practice.painAfter)) return null;
  const limits = logs
    .filter((log) => log.state !== 'skipped')
    .map((log) => prescriptions.get(log.prescriptionId)?.painLimit ?? null)
    .filter((limit) => limit !== null);
  return yield* actOnPain(d, act, {
    scope,
    facts,
    pain: practice.painAfter,
    redFlags: [],
    prescriptionLimit: limits.length === 0 ? null : Math.min(...limits),
    source: { kind: 'log', id: practice.id },
  });
}

type ShownLogs = ReturnType<typeof listLogs> extends Body<infer T> ? T : never;

/** Current logs with their sets, as the rules in `domain/practice/log.ts` take them, and the dose that they answer. */
export function* readLogs(d: Db, rows: ShownLogs) {
  const sets = yield* listLogSets(d, { logIds: rows.map(({ log }) => log.id) });
  return rows.map(({ log, prescription, ...beside }) => ({
    ...log,
    ...beside,
    dose: doseOf(prescription),
    sets: sets.filter((set) => set.logId === log.id).map(({ logId: _log, setNumber: _number, ...set }) => set),
  }));
}

export const logsRouter = router({
  /** One sitting with its logs, from the device's queue. `performedAt` is kept however late it arrives. */
  record: procedure('log.write')
    .input(recordSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* ownPatient(act, ctx.actor);
        return yield* once(
          d,
          { opId: input.opId, userId: ctx.actor.userId, procedure: 'logs.record', input, nowMs: act.nowMs },
          function* () {
            const { practice, logs } = input;
            const prescriptions = yield* requirePrescriptions(d, scope, logs);
            if (practice) yield* storePractice(d, act, scope, practice);
            const facts = yield* painFacts(d, scope, act.nowMs);
            const arrival = { scope, enteredBy: ctx.actor.userId, prescriptions, facts };
            const answers: PainAnswer[] = [];
            for (const log of logs) answers.push(yield* storeLog(d, act, log, arrival));
            if (practice) yield* actOnMorning(d, act, { scope, facts, practice });
            const whole = practice ? yield* actOnSitting(d, act, { practice, logs }, arrival) : null;
            if (whole) answers.push(whole);
            act.tell('log', scope.patientId, { patientId: scope.patientId });
            return { stored: logs.length, zones: answers.map((answer) => answer.zone) };
          },
        );
      }),
    ),

  /** A page of a patient's history, newest first, for whoever may read it: the clinic and the patient. */
  ofPatient: procedure('log.read')
    .input(z.object({ patientId: idSchema, cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish() }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const rows = yield* listLogPage(d, { ...scope, before: input.cursor ?? null, limit: PAGE });
        const last = rows.at(-1);
        return {
          logs: yield* readLogs(d, rows),
          exercises: yield* listExerciseVersions(d, {
            versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
            locale: ctx.actor.locale,
          }),
          nextCursor: rows.length === PAGE && last ? { at: last.log.performedAt, id: last.log.id } : null,
        };
      }),
    ),

  /** One trend per prescription across all versions, with the dose of each version beside it. */
  trends: procedure('log.read')
    .input(z.object({ patientId: z.nullable(idSchema), days: z.number().int().min(7).max(366) }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = input.patientId ? yield* act.patient(input.patientId) : yield* ownPatient(act, ctx.actor);
        const rows = yield* listLogs(d, { ...scope, sinceMs: act.nowMs - input.days * DAY_MS });
        const trends = trend(yield* readLogs(d, rows));
        const versions = yield* listLineageVersions(d, { ...scope, lineageIds: trends.map((one) => one.lineageId) });
        const exercises = yield* listExerciseVersions(d, {
          versionIds: [...new Set(versions.map(({ prescription }) => prescription.exerciseVersionId))],
          locale: ctx.actor.locale,
        });
        return trends.map((one) => {
          const own = versions.filter(({ prescription }) => prescription.lineageId === one.lineageId);
          const latest = own.at(-1)?.prescription;
          return {
            ...one,
            side: latest?.side ?? 'both',
            exercise: exercises.find((exercise) => exercise.exerciseVersionId === latest?.exerciseVersionId) ?? null,
            versions: own.map(({ number, publishedAt, prescription }) => ({
              number,
              publishedAt,
              dose: doseOf(prescription),
            })),
          };
        });
      }),
    ),
});
