import 'server-only';
import { and, asc, eq, gte, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { condition } from '#db/columns';
import { flags, stops } from '#db/schema/logs';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export type StopRow = typeof stops.$inferSelect;

/** Literal, as in the partial index. */
const HELD = condition('stops.lifted_at is null');

export function* insertStop(d: Db, row: typeof stops.$inferInsert): Body<void> {
  yield* q(d.insert(stops).values(row));
}

/** What is forbidden to a patient now, the earliest first. */
export function* listHeldStops(d: Db, { clinicId, patientId }: PatientScope): Body<StopRow[]> {
  // Bounded: what one person said and nobody lifted.
  return yield* q(
    d
      .select()
      .from(stops)
      .where(and(eq(stops.patientId, patientId), eq(stops.clinicId, clinicId), HELD))
      .orderBy(asc(stops.saidAt), asc(stops.id)),
  );
}

/** With the answer behind each: those that hold, and those that were lifted from an instant on. */
export function* listStopsSaid(d: Db, { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number }) {
  // Bounded: what one person said within days, and what nobody lifted.
  return yield* q(
    d
      .select({ stop: stops, flag: flags })
      .from(stops)
      .innerJoin(flags, eq(flags.id, stops.flagId))
      .where(
        and(
          eq(stops.patientId, patientId),
          eq(stops.clinicId, clinicId),
          or(isNull(stops.liftedAt), gte(stops.liftedAt, sinceMs)),
        ),
      )
      .orderBy(asc(stops.saidAt), asc(stops.id)),
  );
}

type Lift = PatientScope & {
  stopIds: readonly string[];
  liftedBy: string | null;
  liftedFor: StopRow['liftedFor'];
  nowMs: number;
};

/** Those that were lifted by this; one that somebody lifted before stays as it was. */
export function* liftStops(
  d: Db,
  { clinicId, patientId, stopIds, liftedBy, liftedFor, nowMs }: Lift,
): Body<{ id: string }[]> {
  if (stopIds.length === 0) return [];
  // Bounded: those that are named.
  return yield* q(
    d
      .update(stops)
      .set({ liftedAt: nowMs, liftedBy, liftedFor })
      .where(
        and(
          inArray(stops.id, [...stopIds]),
          eq(stops.patientId, patientId),
          eq(stops.clinicId, clinicId),
          isNull(stops.liftedAt),
        ),
      )
      .returning({ id: stops.id }),
  );
}

/** The stops of a flag that hold. */
export function* listHeldOfFlag(
  d: Db,
  { clinicId, patientId, flagId }: PatientScope & { flagId: string },
): Body<StopRow[]> {
  // Bounded: the exercises of one answer.
  return yield* q(
    d
      .select()
      .from(stops)
      .where(
        and(
          eq(stops.flagId, flagId),
          eq(stops.patientId, patientId),
          eq(stops.clinicId, clinicId),
          isNull(stops.liftedAt),
        ),
      ),
  );
}

/** What these flags stopped, also where it goes on again, the earliest first. */
export function* listStopsOfFlags(
  d: Db,
  { clinicId, patientId, flagIds }: PatientScope & { flagIds: readonly string[] },
): Body<StopRow[]> {
  if (flagIds.length === 0) return [];
  // Bounded: the exercises of the answers that are named.
  return yield* q(
    d
      .select()
      .from(stops)
      .where(and(inArray(stops.flagId, [...flagIds]), eq(stops.patientId, patientId), eq(stops.clinicId, clinicId)))
      .orderBy(asc(stops.saidAt), asc(stops.id)),
  );
}

/** What stays stopped though its flag was closed, with the flag and who closed it, the earliest first. */
export function* listHeldOfClosed(d: Db, { clinicId, patientId }: PatientScope) {
  // Bounded: what one person said and nobody lifted.
  return yield* q(
    d
      .select({ stop: stops, flag: flags, closedByName: users.name })
      .from(stops)
      .innerJoin(flags, eq(flags.id, stops.flagId))
      .leftJoin(users, eq(users.id, flags.seenBy))
      .where(and(eq(stops.patientId, patientId), eq(stops.clinicId, clinicId), HELD, isNotNull(flags.seenAt)))
      .orderBy(asc(stops.saidAt), asc(stops.id)),
  );
}
