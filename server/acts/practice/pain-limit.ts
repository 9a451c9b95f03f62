import 'server-only';
import type { Body, Db } from '#db/body';
import { listLineageVersions } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';

/** The highest pain that the newest dose of the exercise allows; an exercise that was never the patient's is unknown. */
export function* painLimitOf(d: Db, scope: PatientScope, lineageId: string | null): Body<number | null> {
  if (lineageId === null) return null;
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds: [lineageId] });
  const newest = versions.at(-1);
  if (!newest) throw notFound();
  return newest.prescription.painLimit;
}
