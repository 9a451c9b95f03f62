import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { memberships, users } from '#db/schema/people';
import { compareNames } from '#domain/input/order';

export function* listStaff(d: Db, { clinicId }: { clinicId: string }) {
  // Bounded: who works in one clinic now.
  const rows = yield* q(
    d
      .select({
        membershipId: memberships.id,
        userId: users.id,
        name: users.name,
        email: users.email,
        role: memberships.role,
        discipline: memberships.discipline,
        fromAt: memberships.fromAt,
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.clinicId, clinicId), isNull(memberships.toAt)))
      .orderBy(asc(memberships.role), asc(memberships.id)),
  );
  return rows.sort((a, b) => compareNames(a.name, b.name));
}

export function* findMembership(d: Db, { clinicId, membershipId }: { clinicId: string; membershipId: string }) {
  return yield* first(
    d
      .select()
      .from(memberships)
      .where(and(eq(memberships.clinicId, clinicId), eq(memberships.id, membershipId), isNull(memberships.toAt))),
  );
}

export function* insertMembership(d: Db, row: typeof memberships.$inferInsert): Body<void> {
  yield* q(d.insert(memberships).values(row));
}

export function* endMembership(
  d: Db,
  { clinicId, membershipId, nowMs }: { clinicId: string; membershipId: string; nowMs: number },
): Body<boolean> {
  const ended = yield* q(
    d
      .update(memberships)
      .set({ toAt: nowMs })
      .where(and(eq(memberships.clinicId, clinicId), eq(memberships.id, membershipId), isNull(memberships.toAt)))
      .returning({ id: memberships.id }),
  );
  return ended.length === 1;
}
