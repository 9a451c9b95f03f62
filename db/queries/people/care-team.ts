import 'server-only';
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { careTeam, episodes } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export function* insertCareTeam(d: Db, row: typeof careTeam.$inferInsert): Body<void> {
  yield* q(d.insert(careTeam).values(row).onConflictDoNothing());
}

export function* listCareTeam(d: Db, { clinicId, patientId, nowMs }: PatientScope & { nowMs: number }) {
  return yield* q(
    d
      .select({
        id: careTeam.id,
        membershipId: memberships.id,
        userId: users.id,
        name: users.name,
        role: memberships.role,
        discipline: memberships.discipline,
        part: careTeam.part,
        toAt: careTeam.toAt,
      })
      .from(careTeam)
      .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(
          eq(careTeam.patientId, patientId),
          eq(careTeam.clinicId, clinicId),
          or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)),
          isNull(memberships.toAt),
        ),
      )
      .orderBy(asc(careTeam.part), asc(users.name)),
  );
}

export function* endCareTeam(
  d: Db,
  { clinicId, patientId, careTeamId, nowMs }: PatientScope & { careTeamId: string; nowMs: number },
): Body<boolean> {
  const ended = yield* q(
    d
      .update(careTeam)
      .set({ toAt: nowMs })
      .where(
        and(
          eq(careTeam.id, careTeamId),
          eq(careTeam.patientId, patientId),
          eq(careTeam.clinicId, clinicId),
          isNull(careTeam.toAt),
        ),
      )
      .returning({ id: careTeam.id }),
  );
  return ended.length === 1;
}

/** The account that leads the patient's open episode; null where nobody does now. */
export function* findLeadUserId(d: Db, { clinicId, patientId }: PatientScope): Body<string | null> {
  const rows = yield* q(
    d
      .select({ userId: memberships.userId })
      .from(episodes)
      .innerJoin(memberships, eq(memberships.id, episodes.leadMembershipId))
      .where(
        and(
          eq(episodes.patientId, patientId),
          eq(episodes.clinicId, clinicId),
          isNull(episodes.closedAt),
          isNull(memberships.toAt),
        ),
      )
      .orderBy(asc(episodes.createdAt), asc(episodes.id)),
  );
  return rows.at(-1)?.userId ?? null;
}

/** Lets a clinician who answers for a colleague reach the patient until then: the relation stays the only truth. */
export function* insertCover(d: Db, row: typeof careTeam.$inferInsert & { part: 'cover'; toAt: number }): Body<void> {
  yield* q(d.insert(careTeam).values(row));
}
