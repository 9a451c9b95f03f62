import 'server-only';
import { and, asc, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { marks, surfaces } from '#db/schema/annotation';
import { checkInMedia } from '#db/schema/check-ins';
import { measures } from '#db/schema/measures';
import { users } from '#db/schema/people';
import { reviews } from '#db/schema/reviews';
import { stills } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';

export type MeasureRow = typeof measures.$inferSelect;

export function* insertMeasure(d: Db, row: typeof measures.$inferInsert): Body<void> {
  yield* q(d.insert(measures).values(row));
}

/** Whose it is, in any clinic: that an id is taken is all that one may learn of it. */
export function* findMeasureOwner(d: Db, { measureId }: { measureId: string }): Body<{ id: string } | undefined> {
  return yield* first(d.select({ id: measures.id }).from(measures).where(eq(measures.id, measureId)));
}

export function* findMeasure(
  d: Db,
  { clinicId, patientId, measureId }: PatientScope & { measureId: string },
): Body<MeasureRow | undefined> {
  return yield* first(
    d
      .select()
      .from(measures)
      .where(and(eq(measures.id, measureId), eq(measures.patientId, patientId), eq(measures.clinicId, clinicId))),
  );
}

/** Counts no more; false where another correction came before. */
export function* retireMeasure(d: Db, { measureId }: { measureId: string }): Body<boolean> {
  const retired = yield* q(
    d
      .update(measures)
      .set({ isCurrent: false })
      .where(and(eq(measures.id, measureId), eq(measures.isCurrent, true)))
      .returning({ id: measures.id }),
  );
  return retired.length === 1;
}

/** What was measured, newest first, with what was corrected since: a row that counts no more explains the one that does. */
export function* listMeasures(
  d: Db,
  { clinicId, patientId, limit }: PatientScope & { limit: number },
): Body<{ measure: MeasureRow; byName: string }[]> {
  return yield* q(
    d
      .select({ measure: measures, byName: users.name })
      .from(measures)
      .innerJoin(users, eq(users.id, measures.enteredBy))
      .where(and(eq(measures.patientId, patientId), eq(measures.clinicId, clinicId)))
      .orderBy(desc(measures.measuredAt), desc(measures.id))
      .limit(limit),
  );
}

export function* listMeasuresOfAssessment(
  d: Db,
  { clinicId, patientId, assessmentId }: PatientScope & { assessmentId: string },
): Body<MeasureRow[]> {
  // Bounded: the cells of one assessment and their corrections.
  return yield* q(
    d
      .select()
      .from(measures)
      .where(
        and(
          eq(measures.assessmentId, assessmentId),
          eq(measures.patientId, patientId),
          eq(measures.clinicId, clinicId),
        ),
      )
      .orderBy(asc(measures.receivedAt), asc(measures.id)),
  );
}

type Drawn = PatientScope & { limit: number; mark: { surfaceId: string; markId: string } | null };

/**
 * Angles that were drawn with their joint and stand, newest first, each with where it was drawn: the visit and its still, or
 * the clip's check-in and its frame. `mark` asks for one.
 */
export function* listDrawnAngles(d: Db, { clinicId, patientId, limit, mark }: Drawn) {
  return yield* q(
    d
      .select({
        surfaceId: marks.surfaceId,
        markId: marks.markId,
        anchor: marks.anchor,
        stillId: marks.stillId,
        frame: marks.frameFrom,
        joint: marks.joint,
        digit: marks.digit,
        side: marks.side,
        motion: marks.motion,
        activity: marks.activity,
        view: marks.view,
        value: marks.valueDegrees,
        committedAt: marks.committedAt,
        capturedAt: stills.capturedAt,
        authorId: marks.authorId,
        byName: users.name,
        visitId: surfaces.visitId,
        checkInId: checkInMedia.checkInId,
      })
      .from(surfaces)
      .innerJoin(marks, eq(marks.surfaceId, surfaces.id))
      .leftJoin(users, eq(users.id, marks.authorId))
      .leftJoin(stills, eq(stills.id, marks.stillId))
      .leftJoin(checkInMedia, eq(checkInMedia.mediaId, surfaces.mediaId))
      .where(
        and(
          eq(surfaces.clinicId, clinicId),
          eq(surfaces.patientId, patientId),
          isNotNull(marks.joint),
          isNotNull(marks.valueDegrees),
          eq(marks.removed, false),
          // Rows of earlier releases say no role; then only clinicians measured.
          or(isNull(marks.authorRole), eq(marks.authorRole, 'clinician')),
          mark ? and(eq(marks.surfaceId, mark.surfaceId), eq(marks.markId, mark.markId)) : undefined,
        ),
      )
      .orderBy(desc(marks.committedAt), desc(marks.markId))
      .limit(limit),
  );
}

/** Of these surfaces, those that a patient sees too: a visit's, and a clip's whose answer was published. */
export function* listShownSurfaces(d: Db, { surfaceIds }: { surfaceIds: readonly string[] }): Body<Set<string>> {
  if (surfaceIds.length === 0) return new Set();
  // Bounded: those that are named.
  const ofVisits = yield* q(
    d
      .select({ id: surfaces.id })
      .from(surfaces)
      .where(and(inArray(surfaces.id, [...surfaceIds]), isNull(surfaces.mediaId))),
  );
  const isPublished = or(eq(reviews.state, 'published'), eq(reviews.state, 'superseded'));
  // Bounded: those that are named.
  const ofReviews = yield* q(
    d
      .selectDistinct({ id: reviews.surfaceId })
      .from(reviews)
      .where(and(inArray(reviews.surfaceId, [...surfaceIds]), isPublished)),
  );
  return new Set([...ofVisits, ...ofReviews].map(({ id }) => id));
}

/** The correction of a drawn angle that stands; undefined where nobody corrected it. */
export function* findMeasureOfMark(
  d: Db,
  { clinicId, patientId, surfaceId, markId }: PatientScope & { surfaceId: string; markId: string },
): Body<{ id: string } | undefined> {
  return yield* first(
    d
      .select({ id: measures.id })
      .from(measures)
      .where(
        and(
          eq(measures.surfaceId, surfaceId),
          eq(measures.markId, markId),
          eq(measures.patientId, patientId),
          eq(measures.clinicId, clinicId),
          eq(measures.isCurrent, true),
        ),
      ),
  );
}
