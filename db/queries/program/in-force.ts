import 'server-only';
import { and, asc, eq, exists, gt, inArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Body, type Db, q } from '#db/body';
import { increment } from '#db/columns';
import { programs, programVersions } from '#db/schema/programs';

/** A version of a program and the first local day on which it was in force. */
export type InForceRow = {
  patientId: string;
  programId: string;
  versionId: string;
  number: number;
  effectiveFromOn: string;
};

/**
 * What was prescribed at any time since a local day in the active programs of these patients: what is in force now, what
 * began since, and what the first of those took the place of.
 */
export function* listInForceSince(
  d: Db,
  { clinicId, patientIds, sinceOn }: { clinicId: string; patientIds: readonly string[]; sinceOn: string },
): Body<InForceRow[]> {
  const next = alias(programVersions, 'next');
  const endedSince = exists(
    d
      .select({ id: next.id })
      .from(next)
      .where(
        and(
          eq(next.programId, programVersions.programId),
          eq(next.number, increment(programVersions.number)),
          gt(next.effectiveFromOn, sinceOn),
        ),
      ),
  );
  // Bounded: some days of the patients that are named; a person published each version.
  const rows = yield* q(
    d
      .select({
        patientId: programs.patientId,
        programId: programVersions.programId,
        versionId: programVersions.id,
        number: programVersions.number,
        effectiveFromOn: programVersions.effectiveFromOn,
      })
      .from(programVersions)
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          eq(programs.clinicId, clinicId),
          inArray(programs.patientId, [...patientIds]),
          eq(programs.state, 'active'),
          inArray(programVersions.state, ['published', 'superseded']),
          or(eq(programVersions.state, 'published'), gt(programVersions.effectiveFromOn, sinceOn), endedSince),
        ),
      )
      .orderBy(asc(programVersions.number)),
  );
  return rows.map((row) => ({ ...row, effectiveFromOn: row.effectiveFromOn ?? '' }));
}
