import 'server-only';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { checkIns } from '#db/schema/check-ins';
import { users } from '#db/schema/people';
import { reviews } from '#db/schema/reviews';
import type { PatientScope } from '#db/scope';

export type ReviewRow = typeof reviews.$inferSelect;

export function* listReviews(d: Db, { checkInIds }: { checkInIds: readonly string[] }) {
  if (checkInIds.length === 0) return [];
  // Bounded: the answers to the check-ins that are named, mostly one each.
  return yield* q(
    d
      .select({ review: reviews, clinicianName: users.name })
      .from(reviews)
      .innerJoin(users, eq(users.id, reviews.clinicianId))
      .where(inArray(reviews.checkInId, [...checkInIds]))
      .orderBy(desc(reviews.number)),
  );
}

/** Who answered these check-ins of a patient, and how: of each the answer that is published now. */
export function* listPublishedAnswers(
  d: Db,
  { clinicId, patientId, checkInIds }: PatientScope & { checkInIds: readonly string[] },
) {
  if (checkInIds.length === 0) return [];
  // Bounded: the check-ins that are named, one published answer each.
  return yield* q(
    d
      .select({ checkInId: reviews.checkInId, summary: reviews.summary, clinicianName: users.name })
      .from(reviews)
      .innerJoin(checkIns, eq(checkIns.id, reviews.checkInId))
      .innerJoin(users, eq(users.id, reviews.clinicianId))
      .where(
        and(
          inArray(reviews.checkInId, [...checkInIds]),
          eq(reviews.state, 'published'),
          eq(checkIns.patientId, patientId),
          eq(checkIns.clinicId, clinicId),
        ),
      ),
  );
}

export function* findReview(d: Db, { reviewId }: { reviewId: string }): Body<ReviewRow | undefined> {
  return yield* first(d.select().from(reviews).where(eq(reviews.id, reviewId)));
}

export function* insertReview(d: Db, row: typeof reviews.$inferInsert): Body<void> {
  yield* q(d.insert(reviews).values(row));
}

export function* updateReview(
  d: Db,
  {
    reviewId,
    state,
    change,
  }: { reviewId: string; state: ReviewRow['state']; change: Partial<typeof reviews.$inferInsert> },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(reviews)
      .set(change)
      .where(and(eq(reviews.id, reviewId), eq(reviews.state, state)))
      .returning({ id: reviews.id }),
  );
  return rows.length === 1;
}

/** The draft of a check-in, whoever began it. */
export function* findDraft(d: Db, { checkInId }: { checkInId: string }): Body<ReviewRow | undefined> {
  return yield* first(
    d
      .select()
      .from(reviews)
      .where(and(eq(reviews.checkInId, checkInId), eq(reviews.state, 'draft'))),
  );
}

export function* findLastReviewNumber(d: Db, { checkInId }: { checkInId: string }): Body<number> {
  const row = yield* first(
    d
      .select({ number: reviews.number })
      .from(reviews)
      .where(eq(reviews.checkInId, checkInId))
      .orderBy(desc(reviews.number))
      .limit(1),
  );
  return row?.number ?? 0;
}

/** A later review takes the place of what was published before. */
export function* supersedeReviews(d: Db, { checkInId }: { checkInId: string }): Body<void> {
  yield* q(
    d
      .update(reviews)
      .set({ state: 'superseded' })
      .where(and(eq(reviews.checkInId, checkInId), eq(reviews.state, 'published'))),
  );
}
