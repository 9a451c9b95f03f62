import 'server-only';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Db } from './body';
import { careTeam } from './schema/patients';
import { memberships } from './schema/people';

/** Whose patients: those on whose care team this account is at that instant. */
export type Reach = { readonly clinicId: string; readonly userId: string; readonly nowMs: number };

/** Their ids, for a question that asks about all of them: two thousand patients are not two thousand parameters. */
export const reached = (d: Db, { clinicId, userId, nowMs }: Reach) =>
  d
    .select({ patientId: careTeam.patientId })
    .from(careTeam)
    .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
    .where(
      and(
        eq(careTeam.clinicId, clinicId),
        eq(memberships.userId, userId),
        isNull(memberships.toAt),
        or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)),
      ),
    );
