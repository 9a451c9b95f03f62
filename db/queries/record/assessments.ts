import 'server-only';
import { and, asc, count, desc, eq, lte, min } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition } from '#db/columns';
import { ofReached, type Reach } from '#db/reach';
import { assessmentEntries, assessments } from '#db/schema/measures';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import type { LocalDay } from '#domain/time/local-day';

export type AssessmentRow = typeof assessments.$inferSelect;
export type AssessmentEntryRow = typeof assessmentEntries.$inferSelect;

type OfAssessment = PatientScope & { assessmentId: string };

export function* insertAssessment(d: Db, row: typeof assessments.$inferInsert): Body<void> {
  yield* q(d.insert(assessments).values(row));
}

/** By its id alone, whosever it is: for whoever makes one under it. */
export function* findAssessmentById(
  d: Db,
  { assessmentId }: { assessmentId: string },
): Body<AssessmentRow | undefined> {
  return yield* first(d.select().from(assessments).where(eq(assessments.id, assessmentId)));
}

export function* findAssessment(
  d: Db,
  { clinicId, patientId, assessmentId }: OfAssessment,
): Body<AssessmentRow | undefined> {
  return yield* first(
    d
      .select()
      .from(assessments)
      .where(
        and(eq(assessments.id, assessmentId), eq(assessments.patientId, patientId), eq(assessments.clinicId, clinicId)),
      ),
  );
}

/** The draft of a hand problem that is being written; undefined where there is none. */
export function* findDraftAssessment(
  d: Db,
  { clinicId, patientId, episodeId }: PatientScope & { episodeId: string },
): Body<AssessmentRow | undefined> {
  return yield* first(
    d
      .select()
      .from(assessments)
      .where(
        and(
          eq(assessments.patientId, patientId),
          eq(assessments.clinicId, clinicId),
          eq(assessments.episodeId, episodeId),
          eq(assessments.state, 'draft'),
        ),
      )
      .orderBy(desc(assessments.startedAt))
      .limit(1),
  );
}

/** The newest first, with who examined; those that were thrown away are left out. */
export function* listAssessments(d: Db, { clinicId, patientId, limit }: PatientScope & { limit: number }) {
  const { id, episodeId, template, localOn, timeZone, state, startedAt, changedAt, signedAt, nextDueOn } = assessments;
  const shown = { id, episodeId, template, localOn, timeZone, state, startedAt, changedAt, signedAt, nextDueOn };
  return yield* q(
    d
      .select({ ...shown, condition: assessments.condition, examinerName: users.name })
      .from(assessments)
      .innerJoin(users, eq(users.id, assessments.examinerId))
      .where(
        and(
          eq(assessments.patientId, patientId),
          eq(assessments.clinicId, clinicId),
          condition("assessments.state <> 'discarded'"),
        ),
      )
      .orderBy(desc(localOn), desc(startedAt))
      .limit(limit),
  );
}

/** The signed one of a hand problem that came last; undefined before the first. */
export function* findLastSigned(
  d: Db,
  { clinicId, patientId, episodeId }: PatientScope & { episodeId: string },
): Body<AssessmentRow | undefined> {
  return yield* first(
    d
      .select()
      .from(assessments)
      .where(
        and(
          eq(assessments.patientId, patientId),
          eq(assessments.clinicId, clinicId),
          eq(assessments.episodeId, episodeId),
          eq(assessments.state, 'done'),
        ),
      )
      .orderBy(desc(assessments.localOn), desc(assessments.signedAt))
      .limit(1),
  );
}

export function* changeAssessment(
  d: Db,
  { clinicId, patientId, assessmentId }: OfAssessment,
  change: Partial<Pick<AssessmentRow, 'state' | 'note' | 'changedAt' | 'signedAt' | 'signedBy' | 'nextDueOn'>>,
): Body<boolean> {
  const changed = yield* q(
    d
      .update(assessments)
      .set(change)
      .where(
        and(
          eq(assessments.id, assessmentId),
          eq(assessments.patientId, patientId),
          eq(assessments.clinicId, clinicId),
          eq(assessments.state, 'draft'),
        ),
      )
      .returning({ id: assessments.id }),
  );
  return changed.length === 1;
}

/** Ends what was planned after earlier ones: a newer one says when the next is. */
export function* forgetDue(
  d: Db,
  { clinicId, patientId, episodeId, nextDueOn }: PatientScope & { episodeId: string; nextDueOn: LocalDay | null },
): Body<void> {
  yield* q(
    d
      .update(assessments)
      .set({ nextDueOn })
      .where(
        and(
          eq(assessments.patientId, patientId),
          eq(assessments.clinicId, clinicId),
          eq(assessments.episodeId, episodeId),
          eq(assessments.state, 'done'),
        ),
      ),
  );
}

export function* insertEntry(d: Db, row: typeof assessmentEntries.$inferInsert): Body<void> {
  yield* q(d.insert(assessmentEntries).values(row));
}

/** Everything that was typed into an assessment, the first first, with who typed it. */
export function* listEntries(
  d: Db,
  { clinicId, patientId, assessmentId }: OfAssessment,
): Body<{ entry: AssessmentEntryRow; byName: string }[]> {
  // Bounded: ENTRIES_MAX of one assessment (acts/record/assess.ts).
  return yield* q(
    d
      .select({ entry: assessmentEntries, byName: users.name })
      .from(assessmentEntries)
      .innerJoin(users, eq(users.id, assessmentEntries.enteredBy))
      .where(
        and(
          eq(assessmentEntries.assessmentId, assessmentId),
          eq(assessmentEntries.patientId, patientId),
          eq(assessmentEntries.clinicId, clinicId),
        ),
      )
      .orderBy(asc(assessmentEntries.saidAt), asc(assessmentEntries.id)),
  );
}

export function* countEntries(d: Db, { clinicId, patientId, assessmentId }: OfAssessment): Body<number> {
  const row = yield* first(
    d
      .select({ entries: count() })
      .from(assessmentEntries)
      .where(
        and(
          eq(assessmentEntries.assessmentId, assessmentId),
          eq(assessmentEntries.patientId, patientId),
          eq(assessmentEntries.clinicId, clinicId),
        ),
      ),
  );
  return row?.entries ?? 0;
}

/** The earliest day on which each patient is to be assessed again, up to a day. */
export function* listAssessmentsDue(d: Db, { untilOn, ...reach }: Reach & { untilOn: LocalDay }) {
  const { patientId, nextDueOn } = assessments;
  // Bounded: one row per patient of one clinician.
  return yield* q(
    d
      .select({ patientId, dueOn: min(nextDueOn) })
      .from(assessments)
      .where(
        and(
          eq(assessments.clinicId, reach.clinicId),
          condition("assessments.state = 'done'"),
          lte(nextDueOn, untilOn),
          ofReached(d, reach, patientId),
        ),
      )
      .groupBy(patientId),
  );
}
