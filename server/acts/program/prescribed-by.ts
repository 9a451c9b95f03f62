import 'server-only';
import type { Db } from '#db/body';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, listPrescriptions, listVersionsOfSource } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { doseChanges } from '#domain/program/dose';

type Source = { source: 'review' | 'visit'; sourceId: string; locale: string; isOfClinic: boolean };

/**
 * What a review or a visit prescribed: per new version, the exercises whose dose is another one than before. Why is said
 * among clinicians.
 */
export function* prescribedBy(d: Db, scope: PatientScope, { source, sourceId, locale, isOfClinic }: Source) {
  const versions = yield* listVersionsOfSource(d, { ...scope, source, sourceId });
  const versionIds = versions.flatMap(({ versionId, basedOnId }) => (basedOnId ? [versionId, basedOnId] : [versionId]));
  const rows = yield* listPrescriptions(d, { versionIds });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  const of = (id: string | null) => rows.filter((row) => row.programVersionId === id);
  return versions.map(({ versionId, basedOnId, reason, ...version }) => ({
    ...version,
    reason: isOfClinic ? reason : null,
    changes: of(versionId).flatMap((row) => {
      const before = of(basedOnId).find(({ lineageId }) => lineageId === row.lineageId);
      if (!before || doseChanges(doseOf(before), doseOf(row)).length === 0) return [];
      const exercise = exercises.find((one) => one.exerciseVersionId === row.exerciseVersionId);
      return [{ name: exercise?.texts.name ?? '', side: row.side, before: doseOf(before), after: doseOf(row) }];
    }),
  }));
}
