import 'server-only';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/access';
import { listExerciseVersions } from '#db/queries/exercises';
import {
  findLog,
  findPractice,
  insertLog,
  insertPractice,
  listLogPage,
  listLogSets,
  listLogs,
  retireLog,
} from '#db/queries/logs';
import { doseOf, findOwnPrescriptions, listLineageVersions } from '#db/queries/programs';
import { Failure, notFound } from '#domain/failure';
import { epochMsSchema, idSchema } from '#domain/input';
import { type Log, logDay, logSchema, practiceSchema, trend } from '#domain/log';
import type { PainAnswer } from '#domain/pain-policy';
import type { Act } from '../act';
import type { Actor } from '../auth/gate';
import { once } from '../operations';
import { actOnPain, painFacts } from '../pain';
import { procedure, router } from '../trpc';

const DAY_MS = 24 * 60 * 60_000;
/** A phone's clock may run ahead by this much. */
const AHEAD_MS = 5 * 60_000;
const PAGE = 50;

const recordSchema = z.object({
  opId: idSchema,
  practice: z.nullable(practiceSchema),
  logs: z.array(logSchema).min(1).max(20),
});

/** Whose logs: the patient's own, or those of a patient that an assistant or caregiver helps. */
function* ownPatient(act: Act, actor: Actor): Body<PatientStanding> {
  if (!actor.patientId) throw notFound();
  return yield* act.patient(actor.patientId);
}

type Arrived = { log: Log; standing: PatientStanding; actor: Actor };

function* storeLog(d: Db, act: Act, { log, standing, actor }: Arrived): Body<PainAnswer> {
  const { scope } = standing;
  if (log.performedAt > act.nowMs + AHEAD_MS) throw new Failure('BAD_REQUEST', 'performed_in_future');
  const [owned] = yield* findOwnPrescriptions(d, { ...scope, ids: [log.prescriptionId] });
  const prescription = owned?.prescription;
  if (
    !prescription ||
    prescription.lineageId !== log.lineageId ||
    prescription.programVersionId !== log.programVersionId
  )
    throw notFound();
  if (log.practiceId && !(yield* findPractice(d, { ...scope, practiceId: log.practiceId }))) throw notFound();
  if (log.supersedesId) {
    const before = yield* findLog(d, { ...scope, logId: log.supersedesId });
    if (!before || before.lineageId !== log.lineageId) throw notFound();
    if (!(yield* retireLog(d, { logId: before.id }))) throw new Failure('CONFLICT', 'changed_meanwhile');
  }
  const { sets, ...row } = log;
  yield* insertLog(
    d,
    { ...row, ...scope, localOn: logDay(log), receivedAt: act.nowMs, enteredBy: actor.userId, isCurrent: true },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  const facts = yield* painFacts(d, scope, act.nowMs);
  return yield* actOnPain(d, act, {
    scope,
    facts,
    pain: log.pain,
    redFlags: [],
    prescriptionLimit: prescription.painLimit,
    source: { kind: 'log', id: log.id },
  });
}

type ShownLogs = ReturnType<typeof listLogs> extends Body<infer T> ? T : never;

/** Current logs with their sets, as the rules in `domain/log.ts` take them. */
export function* readLogs(d: Db, rows: ShownLogs) {
  const sets = yield* listLogSets(d, { logIds: rows.map(({ log }) => log.id) });
  return rows.map(({ log, ...beside }) => ({
    ...log,
    ...beside,
    sets: sets.filter((set) => set.logId === log.id).map(({ logId: _log, setNumber: _number, ...set }) => set),
  }));
}

export const logsRouter = router({
  /** One sitting with its logs, from the device's queue. `performedAt` is kept however late it arrives. */
  record: procedure('log.write')
    .input(recordSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const standing = yield* ownPatient(act, ctx.actor);
        const { scope } = standing;
        return yield* once(
          d,
          { opId: input.opId, userId: ctx.actor.userId, procedure: 'logs.record', input, nowMs: act.nowMs },
          function* () {
            const { practice } = input;
            if (practice && !(yield* findPractice(d, { ...scope, practiceId: practice.id }))) {
              yield* insertPractice(d, { ...practice, ...scope, receivedAt: act.nowMs });
            }
            const answers: PainAnswer[] = [];
            for (const log of input.logs) answers.push(yield* storeLog(d, act, { log, standing, actor: ctx.actor }));
            // One answer makes one flag: a sitting of one exercise gives the same pain twice.
            const isAnsweredByLog = input.logs.some((log) => log.pain === practice?.painAfter);
            if (practice && practice.painAfter !== null && !isAnsweredByLog) {
              const facts = yield* painFacts(d, scope, act.nowMs);
              answers.push(
                yield* actOnPain(d, act, {
                  scope,
                  facts,
                  pain: practice.painAfter,
                  redFlags: [],
                  prescriptionLimit: null,
                  source: { kind: 'log', id: practice.id },
                }),
              );
            }
            act.tell('log', scope.patientId, { patientId: scope.patientId });
            return { stored: input.logs.length, zones: answers.map((answer) => answer.zone) };
          },
        );
      }),
    ),

  /** A page of a patient's history for the clinician. */
  ofPatient: procedure('log.read')
    .input(z.object({ patientId: idSchema, cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish() }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const rows = yield* listLogPage(d, { ...scope, before: input.cursor ?? null, limit: PAGE });
        const logs = yield* readLogs(d, rows);
        return {
          logs,
          exercises: yield* listExerciseVersions(d, {
            versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
          }),
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
