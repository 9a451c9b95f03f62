import 'server-only';
import { and, asc, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { episodes, patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { prescriptions, programs, programVersions } from '#db/schema/programs';
import type { PatientScope } from '#db/scope';
import type { Dose } from '#domain/program/dose';

export type ProgramRow = typeof programs.$inferSelect;
type ProgramVersionRow = typeof programVersions.$inferSelect;
export type PrescriptionRow = typeof prescriptions.$inferSelect;

/** The dose out of a prescription's columns, as the rules in `domain/program/dose.ts` take it. */
export function doseOf(row: PrescriptionRow): Dose {
  const { sets, repsMin, repsMax, holdSeconds, restSeconds, tempo, load, effortTarget, painLimit, schedule } = row;
  return { sets, repsMin, repsMax, holdSeconds, restSeconds, tempo, load, effortTarget, painLimit, schedule };
}

export function* insertProgram(d: Db, row: typeof programs.$inferInsert): Body<void> {
  yield* q(d.insert(programs).values(row));
}

/** No more of it is asked; its versions and what was logged of them stay. */
export function* closeProgram(
  d: Db,
  { clinicId, patientId, programId }: PatientScope & { programId: string },
): Body<void> {
  yield* q(
    d
      .update(programs)
      .set({ state: 'closed' })
      .where(and(eq(programs.id, programId), eq(programs.patientId, patientId), eq(programs.clinicId, clinicId))),
  );
}

/** Which patient a program of this clinic is for. */
export function* findProgramPatient(
  d: Db,
  { clinicId, programId }: { clinicId: string; programId: string },
): Body<string | undefined> {
  const row = yield* first(
    d
      .select({ patientId: programs.patientId })
      .from(programs)
      .where(and(eq(programs.id, programId), eq(programs.clinicId, clinicId))),
  );
  return row?.patientId;
}

export function* findProgram(d: Db, { clinicId, patientId, programId }: PatientScope & { programId: string }) {
  return yield* first(
    d
      .select({
        program: programs,
        patientName: patients.name,
        surgeryOn: episodes.surgeryOn,
        injuryOn: episodes.injuryOn,
        side: episodes.side,
        condition: episodes.conditionText,
      })
      .from(programs)
      .innerJoin(episodes, eq(episodes.id, programs.episodeId))
      .innerJoin(patients, eq(patients.id, programs.patientId))
      .where(and(eq(programs.id, programId), eq(programs.patientId, patientId), eq(programs.clinicId, clinicId))),
  );
}

export function* listPrograms(d: Db, { clinicId, patientId }: PatientScope): Body<ProgramRow[]> {
  // Bounded: the programs of one patient; a person writes each.
  return yield* q(
    d
      .select()
      .from(programs)
      .where(and(eq(programs.patientId, patientId), eq(programs.clinicId, clinicId)))
      .orderBy(asc(programs.createdAt), asc(programs.id)),
  );
}

type VersionsPage = { programId: string; olderThan: number | null; withDraft: boolean; limit: number };

/** A page of a program's versions, newest first. */
export function* listVersions(d: Db, { programId, olderThan: number, withDraft, limit }: VersionsPage) {
  return yield* q(
    d
      .select({ version: programVersions, publishedByName: users.name })
      .from(programVersions)
      .leftJoin(users, eq(users.id, programVersions.publishedBy))
      .where(
        and(
          eq(programVersions.programId, programId),
          withDraft ? undefined : ne(programVersions.state, 'draft'),
          number === null ? undefined : lt(programVersions.number, number),
        ),
      )
      .orderBy(desc(programVersions.number))
      .limit(limit),
  );
}

/** What is prescribed now in each of these programs. */
export function* listPublished(d: Db, { programIds }: { programIds: readonly string[] }): Body<ProgramVersionRow[]> {
  if (programIds.length === 0) return [];
  // Bounded: a program has one published version (program_versions_current).
  return yield* q(
    d
      .select()
      .from(programVersions)
      .where(and(inArray(programVersions.programId, [...programIds]), eq(programVersions.state, 'published'))),
  );
}

export function* findVersion(
  d: Db,
  { programId, state }: { programId: string; state: 'draft' | 'published' },
): Body<ProgramVersionRow | undefined> {
  return yield* first(
    d
      .select()
      .from(programVersions)
      .where(and(eq(programVersions.programId, programId), eq(programVersions.state, state))),
  );
}

export function* findVersionById(d: Db, { versionId }: { versionId: string }): Body<ProgramVersionRow | undefined> {
  return yield* first(d.select().from(programVersions).where(eq(programVersions.id, versionId)));
}

export function* insertVersion(d: Db, row: typeof programVersions.$inferInsert): Body<void> {
  yield* q(d.insert(programVersions).values(row));
}

/** A draft that is saved again starts from nothing; its rows were never part of the record. */
export function* deleteDraft(d: Db, { versionId }: { versionId: string }): Body<void> {
  yield* q(d.delete(prescriptions).where(eq(prescriptions.programVersionId, versionId)));
  yield* q(d.delete(programVersions).where(and(eq(programVersions.id, versionId), eq(programVersions.state, 'draft'))));
}

export function* supersedeVersion(d: Db, { versionId }: { versionId: string }): Body<boolean> {
  const rows = yield* q(
    d
      .update(programVersions)
      .set({ state: 'superseded' })
      .where(and(eq(programVersions.id, versionId), eq(programVersions.state, 'published')))
      .returning({ id: programVersions.id }),
  );
  return rows.length === 1;
}

/** Makes a draft the published version; false where it is no draft any more. */
export function* publishVersion(
  d: Db,
  {
    versionId,
    effectiveFromOn,
    reason,
    flagReason = null,
    restrictionReason = null,
    restrictionsBroken = null,
    publishedBy,
    nowMs,
  }: {
    versionId: string;
    effectiveFromOn: string;
    reason: string;
    flagReason?: string | null;
    restrictionReason?: string | null;
    restrictionsBroken?: ProgramVersionRow['restrictionsBroken'];
    publishedBy: string;
    nowMs: number;
  },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(programVersions)
      .set({
        ...{ state: 'published', effectiveFromOn, reason, flagReason },
        ...{ restrictionReason, restrictionsBroken, publishedBy, publishedAt: nowMs },
      })
      .where(and(eq(programVersions.id, versionId), eq(programVersions.state, 'draft')))
      .returning({ id: programVersions.id }),
  );
  return rows.length === 1;
}

export function* insertPrescriptions(d: Db, rows: (typeof prescriptions.$inferInsert)[]): Body<void> {
  if (rows.length > 0) yield* q(d.insert(prescriptions).values(rows));
}

export function* listPrescriptions(d: Db, { versionIds }: { versionIds: readonly string[] }): Body<PrescriptionRow[]> {
  if (versionIds.length === 0) return [];
  // Bounded: the prescriptions of the versions that are named, 40 each at most (draft.ts).
  return yield* q(
    d
      .select()
      .from(prescriptions)
      .where(inArray(prescriptions.programVersionId, [...versionIds]))
      .orderBy(asc(prescriptions.position), asc(prescriptions.id)),
  );
}

/** Prescriptions of the patient's own programs, of whatever version: a log may come late. */
export function* findOwnPrescriptions(d: Db, { clinicId, patientId, ids }: PatientScope & { ids: readonly string[] }) {
  // Bounded: the prescriptions that are named.
  return yield* q(
    d
      .select({ prescription: prescriptions })
      .from(prescriptions)
      .innerJoin(programVersions, eq(programVersions.id, prescriptions.programVersionId))
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          inArray(prescriptions.id, [...ids]),
          eq(programs.patientId, patientId),
          eq(programs.clinicId, clinicId),
          inArray(programVersions.state, ['published', 'superseded']),
        ),
      ),
  );
}

/** Those of the lineages that belong to another program: what hangs on a lineage never changes its program. */
export function* listForeignLineages(
  d: Db,
  { programId, lineageIds }: { programId: string; lineageIds: readonly string[] },
): Body<string[]> {
  if (lineageIds.length === 0) return [];
  // Bounded: the lineages that are named.
  const rows = yield* q(
    d
      .selectDistinct({ lineageId: prescriptions.lineageId })
      .from(prescriptions)
      .innerJoin(programVersions, eq(programVersions.id, prescriptions.programVersionId))
      .where(and(inArray(prescriptions.lineageId, [...lineageIds]), ne(programVersions.programId, programId))),
  );
  return rows.map((row) => row.lineageId);
}

/** The program that asks for a lineage now. */
export function* findProgramOfLineage(d: Db, { clinicId, patientId, lineageId }: PatientScope & { lineageId: string }) {
  return yield* first(
    d
      .select({ programId: programs.id, number: programVersions.number, prescription: prescriptions })
      .from(prescriptions)
      .innerJoin(programVersions, eq(programVersions.id, prescriptions.programVersionId))
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          eq(prescriptions.lineageId, lineageId),
          eq(programs.patientId, patientId),
          eq(programs.clinicId, clinicId),
          eq(programs.state, 'active'),
          eq(programVersions.state, 'published'),
        ),
      ),
  );
}

/** The doses of a lineage in every published version, oldest first: what a trend is read against. */
export function* listLineageVersions(
  d: Db,
  { clinicId, patientId, lineageIds }: PatientScope & { lineageIds: readonly string[] },
) {
  if (lineageIds.length === 0) return [];
  // Bounded: the published doses of the lineages that are named; a person published each.
  return yield* q(
    d
      .select({ prescription: prescriptions, number: programVersions.number, publishedAt: programVersions.publishedAt })
      .from(prescriptions)
      .innerJoin(programVersions, eq(programVersions.id, prescriptions.programVersionId))
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          inArray(prescriptions.lineageId, [...lineageIds]),
          eq(programs.patientId, patientId),
          eq(programs.clinicId, clinicId),
          inArray(programVersions.state, ['published', 'superseded']),
        ),
      )
      .orderBy(asc(programVersions.number)),
  );
}

/** The exercise of each lineage of these patients, as its latest published version has it. */
export function* listLatestOfLineages(
  d: Db,
  {
    clinicId,
    patientIds,
    lineageIds,
  }: { clinicId: string; patientIds: readonly string[]; lineageIds: readonly string[] },
): Body<{ lineageId: string; exerciseVersionId: string }[]> {
  if (lineageIds.length === 0) return [];
  // Bounded: the published doses of the lineages that are named; a person published each.
  const rows = yield* q(
    d
      .select({ lineageId: prescriptions.lineageId, exerciseVersionId: prescriptions.exerciseVersionId })
      .from(prescriptions)
      .innerJoin(programVersions, eq(programVersions.id, prescriptions.programVersionId))
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          inArray(prescriptions.lineageId, [...lineageIds]),
          inArray(programs.patientId, [...patientIds]),
          eq(programs.clinicId, clinicId),
          inArray(programVersions.state, ['published', 'superseded']),
        ),
      )
      .orderBy(asc(programVersions.number)),
  );
  return [...new Map(rows.map((row) => [row.lineageId, row])).values()];
}

/** The program versions that a review or a visit made, oldest first. */
export function* listVersionsOfSource(
  d: Db,
  { clinicId, patientId, source, sourceId }: PatientScope & { source: 'review' | 'visit'; sourceId: string },
) {
  // Bounded: what one review or one visit prescribed.
  return yield* q(
    d
      .select({
        versionId: programVersions.id,
        basedOnId: programVersions.basedOnId,
        number: programVersions.number,
        reason: programVersions.reason,
        publishedAt: programVersions.publishedAt,
        programTitle: programs.title,
      })
      .from(programVersions)
      .innerJoin(programs, eq(programs.id, programVersions.programId))
      .where(
        and(
          eq(programVersions.source, source),
          eq(programVersions.sourceId, sourceId),
          eq(programs.patientId, patientId),
          eq(programs.clinicId, clinicId),
        ),
      )
      .orderBy(asc(programVersions.number)),
  );
}
