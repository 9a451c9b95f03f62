import 'server-only';
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type Body, type Db, q } from './body';
import { careTeam } from './schema/patients';
import { memberships } from './schema/people';

/** Whose patients: those on whose care team an account is at that instant, by its memberships of the clinic. */
export type Reach = {
  readonly clinicId: string;
  readonly membershipIds: readonly string[];
  readonly nowMs: number;
  /** Many: a question then takes what the whole clinic has, and its asker leaves out the patients of others. */
  readonly isWide?: boolean;
};

/** From so many patients on, what waits in a clinic is read faster as a whole than patient by patient. */
export const WIDE_FROM = 200;

/**
 * How far an account reaches. Asked for first and by itself: PostgreSQL keeps count of a membership's patients, and asks
 * for twenty in another way than for two thousand. By the account it would have to guess.
 */
export function* reachOf(
  d: Db,
  { clinicId, userId, nowMs }: { clinicId: string; userId: string; nowMs: number },
): Body<Reach> {
  // Bounded: the roles of one person in one clinic.
  const own = yield* q(
    d
      .select({ id: memberships.id })
      .from(memberships)
      .where(and(eq(memberships.userId, userId), eq(memberships.clinicId, clinicId), isNull(memberships.toAt))),
  );
  return { clinicId, membershipIds: own.map(({ id }) => id), nowMs };
}

/** Their ids, for a question that asks about all of them: two thousand patients are not two thousand parameters. */
export const reached = (d: Db, { clinicId, membershipIds, nowMs }: Reach) =>
  d
    .select({ patientId: careTeam.patientId })
    .from(careTeam)
    .where(
      and(
        inArray(careTeam.membershipId, [...membershipIds]),
        eq(careTeam.clinicId, clinicId),
        or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)),
      ),
    );

/** Rows of those patients; of the clinic's where they are many. */
export const ofReached = (d: Db, reach: Reach, patientId: AnyPgColumn) =>
  reach.isWide ? undefined : inArray(patientId, reached(d, reach));
