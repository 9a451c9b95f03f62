import 'server-only';
import { and, asc, eq, gt, lt } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { availabilities, availabilityExceptions } from '#db/schema/appointments';

type Clinician = { clinicId: string; userId: string };
export type AvailabilityRow = typeof availabilities.$inferSelect;
export type ExceptionRow = typeof availabilityExceptions.$inferSelect;

const of = ({ clinicId, userId }: Clinician) =>
  and(eq(availabilities.clinicId, clinicId), eq(availabilities.userId, userId));

/** Undefined: the clinician never said when. */
export function* findAvailability(d: Db, clinician: Clinician): Body<AvailabilityRow | undefined> {
  return yield* first(d.select().from(availabilities).where(of(clinician)));
}

export function* saveAvailability(d: Db, row: AvailabilityRow): Body<void> {
  const target = [availabilities.clinicId, availabilities.userId];
  yield* q(d.insert(availabilities).values(row).onConflictDoUpdate({ target, set: row }));
}

type Span = { fromMs: number; untilMs: number };

/** What the week does not say of a span of time, in order; no more than `limit`. */
export function* listExceptions(
  d: Db,
  { clinicId, userId, fromMs, untilMs, limit }: Clinician & Span & { limit: number },
): Body<ExceptionRow[]> {
  return yield* q(
    d
      .select()
      .from(availabilityExceptions)
      .where(
        and(
          eq(availabilityExceptions.clinicId, clinicId),
          eq(availabilityExceptions.userId, userId),
          gt(availabilityExceptions.untilMs, fromMs),
          lt(availabilityExceptions.fromMs, untilMs),
        ),
      )
      .orderBy(asc(availabilityExceptions.fromMs), asc(availabilityExceptions.id))
      .limit(limit),
  );
}

/** False where one has this id already. */
export function* insertException(d: Db, row: ExceptionRow): Body<boolean> {
  const added = yield* q(
    d.insert(availabilityExceptions).values(row).onConflictDoNothing().returning({ id: availabilityExceptions.id }),
  );
  return added.length === 1;
}

export function* findException(d: Db, { clinicId, userId, id }: Clinician & { id: string }) {
  return yield* first(
    d
      .select()
      .from(availabilityExceptions)
      .where(
        and(
          eq(availabilityExceptions.id, id),
          eq(availabilityExceptions.clinicId, clinicId),
          eq(availabilityExceptions.userId, userId),
        ),
      ),
  );
}

export function* removeException(d: Db, { clinicId, userId, id }: Clinician & { id: string }): Body<boolean> {
  const removed = yield* q(
    d
      .delete(availabilityExceptions)
      .where(
        and(
          eq(availabilityExceptions.id, id),
          eq(availabilityExceptions.clinicId, clinicId),
          eq(availabilityExceptions.userId, userId),
        ),
      )
      .returning({ id: availabilityExceptions.id }),
  );
  return removed.length === 1;
}
