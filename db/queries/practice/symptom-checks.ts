import 'server-only';
import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { symptomChecks } from '#db/schema/logs';
import type { PatientScope } from '#db/scope';
import type { MorningPain } from '#domain/practice/stop';

export type SymptomCheckRow = typeof symptomChecks.$inferSelect;

/** False, and nothing is stored, where a check has this id already, whoever's it is. */
export function* insertSymptomCheck(d: Db, row: typeof symptomChecks.$inferInsert): Body<boolean> {
  const added = yield* q(d.insert(symptomChecks).values(row).onConflictDoNothing().returning({ id: symptomChecks.id }));
  return added.length === 1;
}

export function* findSymptomCheck(
  d: Db,
  { clinicId, patientId, checkId }: PatientScope & { checkId: string },
): Body<SymptomCheckRow | undefined> {
  return yield* first(
    d
      .select()
      .from(symptomChecks)
      .where(
        and(
          eq(symptomChecks.id, checkId),
          eq(symptomChecks.patientId, patientId),
          eq(symptomChecks.clinicId, clinicId),
        ),
      ),
  );
}

type Change = Partial<
  Pick<SymptomCheckRow, 'pain' | 'shownZone' | 'shownPolicyVersion' | 'takenBackAt' | 'correctedPain'>
>;

/** What is added to a check later: the pain that was asked next, or that it was a slip. */
export function* updateSymptomCheck(
  d: Db,
  { clinicId, patientId, checkId, change }: PatientScope & { checkId: string; change: Change },
): Body<void> {
  yield* q(
    d
      .update(symptomChecks)
      .set(change)
      .where(
        and(
          eq(symptomChecks.id, checkId),
          eq(symptomChecks.patientId, patientId),
          eq(symptomChecks.clinicId, clinicId),
        ),
      ),
  );
}

/** Answers of a day outside of any sitting: these are asked before practice. */
const MORNING = ['morning', 'before_practice'] as const;
/** What no person reaches in the days that are asked for. */
const CHECKS_MAX = 500;

/** The pain of mornings from an instant on, oldest first; what was a slip counts as what it was corrected to. */
export function* listMorningChecks(
  d: Db,
  { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number },
): Body<MorningPain[]> {
  const { localOn, saidAt, pain, correctedPain, takenBackAt } = symptomChecks;
  const rows = yield* q(
    d
      .select({ localOn, saidAt, pain, correctedPain, takenBackAt })
      .from(symptomChecks)
      .where(
        and(
          eq(symptomChecks.patientId, patientId),
          eq(symptomChecks.clinicId, clinicId),
          gte(symptomChecks.saidAt, sinceMs),
          inArray(symptomChecks.occasion, [...MORNING]),
        ),
      )
      .orderBy(asc(symptomChecks.saidAt))
      .limit(CHECKS_MAX),
  );
  return rows.map((row) => ({
    localOn: row.localOn,
    saidAt: row.saidAt,
    pain: row.takenBackAt === null ? row.pain : row.correctedPain,
  }));
}

/** What was said in one log, check-in, review or visit, oldest first. */
export function* listChecksOfSubject(
  d: Db,
  { clinicId, patientId, subjectId }: PatientScope & { subjectId: string },
): Body<SymptomCheckRow[]> {
  return yield* q(
    d
      .select()
      .from(symptomChecks)
      .where(
        and(
          eq(symptomChecks.subjectId, subjectId),
          eq(symptomChecks.patientId, patientId),
          eq(symptomChecks.clinicId, clinicId),
        ),
      )
      .orderBy(asc(symptomChecks.saidAt))
      .limit(CHECKS_MAX),
  );
}

/** Where each of these checks was said. */
export function* listCheckPlaces(
  d: Db,
  { clinicId, patientId, checkIds }: PatientScope & { checkIds: readonly string[] },
): Body<Pick<SymptomCheckRow, 'id' | 'place' | 'subjectId'>[]> {
  if (checkIds.length === 0) return [];
  const { id, place, subjectId } = symptomChecks;
  // Bounded: those that are named.
  return yield* q(
    d
      .select({ id, place, subjectId })
      .from(symptomChecks)
      .where(
        and(inArray(id, [...checkIds]), eq(symptomChecks.patientId, patientId), eq(symptomChecks.clinicId, clinicId)),
      ),
  );
}
