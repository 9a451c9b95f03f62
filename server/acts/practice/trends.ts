import 'server-only';
import type { Db } from '#db/body';
import { listLogs } from '#db/queries/practice/logs';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, listLineageVersions } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { trend } from '#domain/practice/log';
import { DAY_MS } from '#domain/time/duration';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { showLogs } from './shown-logs';

type Trends = { scope: PatientScope; days: number; locale: string };

/** One trend per prescription across all versions, with the dose of each version beside it. */
export function* readTrends(d: Db, work: UnitOfWork, { scope, days, locale }: Trends) {
  const rows = yield* listLogs(d, { ...scope, sinceMs: work.nowMs - days * DAY_MS });
  const trends = trend(yield* showLogs(d, rows));
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds: trends.map((one) => one.lineageId) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(versions.map(({ prescription }) => prescription.exerciseVersionId))],
    locale,
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
}
