import 'server-only';
import type { Body, Db } from '#db/body';
import {
  type LogSetRow,
  listLogPage,
  listLogSets,
  type listLogs,
  listPractices,
  listRemovals,
} from '#db/queries/practice/logs';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { BASELINE_MS, baselinePain, type PainBefore } from '#domain/practice/log';

const PAGE = 50;
/** More than anybody removes of one page. */
const REMOVED_MAX = 200;

type Rows = ReturnType<typeof listLogs> extends Body<infer T> ? T : never;

type LogSet = Omit<LogSetRow, 'logId' | 'setNumber'>;

/** Current logs with their sets, as the rules in `domain/practice/log.ts` take them, and the dose that they answer. */
export function* showLogs(d: Db, rows: Rows) {
  const setsOf = new Map<string, LogSet[]>();
  for (const { logId, setNumber: _number, ...set } of yield* listLogSets(d, {
    logIds: rows.map(({ log }) => log.id),
  })) {
    const sets = setsOf.get(logId);
    if (sets) sets.push(set);
    else setsOf.set(logId, [set]);
  }
  return rows.map(({ log, prescription, ...beside }) => ({
    ...log,
    ...beside,
    dose: doseOf(prescription),
    sets: setsOf.get(log.id) ?? [],
  }));
}

type Page = { scope: PatientScope; before: { at: number; id: string } | null; locale: string };

/** A page of a patient's history, newest first, with what the exercises say. */
/** When the sitting of a log began, and what pain was usual then: by that its pain was judged, and is judged again. */
function sittingOf(
  log: { practiceId: string | null; performedAt: number },
  practices: readonly (PainBefore & { id: string })[],
) {
  const practice = log.practiceId === null ? undefined : practices.find(({ id }) => id === log.practiceId);
  const beganAt = practice?.startedAt ?? log.performedAt;
  return { beganAt, usualPain: baselinePain(practices, beganAt) };
}

export function* readLogPage(d: Db, { scope, before, locale }: Page) {
  const rows = yield* listLogPage(d, { ...scope, before, limit: PAGE });
  const last = rows.at(-1);
  const nextCursor = rows.length === PAGE && last ? { at: last.log.performedAt, id: last.log.id } : null;
  const span = { fromMs: nextCursor?.at ?? 0, before: before?.at ?? null, limit: REMOVED_MAX };
  const removed = yield* listRemovals(d, { ...scope, ...span });
  const oldest = Math.min(...rows.map(({ log }) => log.performedAt));
  const practices = rows.length > 0 ? yield* listPractices(d, { ...scope, sinceMs: oldest - 2 * BASELINE_MS }) : [];
  const shown = [...rows, ...removed].map((row) => row.exerciseVersionId);
  return {
    logs: (yield* showLogs(d, rows)).map((log) => ({ ...log, ...sittingOf(log, practices) })),
    /** What was removed of this part of the history, with what it said. */
    removed: removed.map(({ log, removal, exerciseVersionId, removedByName }) => ({
      ...{ id: log.id, exerciseVersionId, state: log.state, pain: log.pain },
      ...{ performedAt: log.performedAt, performedTimeZone: log.performedTimeZone },
      ...{ reason: removal.reason, removedAt: removal.saidAt, removedByName },
    })),
    exercises: yield* listExerciseVersions(d, { versionIds: [...new Set(shown)], locale }),
    nextCursor,
  };
}
