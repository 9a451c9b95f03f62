import 'server-only';
import { and, asc, eq, gt, isNull, notExists, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { careTeam, episodes, patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import { compareNames, compareText } from '#domain/input/order';

export function* insertCareTeam(d: Db, row: typeof careTeam.$inferInsert): Body<void> {
  yield* q(d.insert(careTeam).values(row).onConflictDoNothing());
}

export function* listCareTeam(d: Db, { clinicId, patientId, nowMs }: PatientScope & { nowMs: number }) {
  // Bounded: who treats one patient now.
  const rows = yield* q(
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
      .orderBy(asc(careTeam.id)),
  );
  return rows.sort((a, b) => compareText(a.part, b.part) || compareNames(a.name, b.name));
}

/** Ends a place on the team, one that would have ended by itself too. */
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
          or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)),
        ),
      )
      .returning({ id: careTeam.id }),
  );
  return ended.length === 1;
}

type InTeam = { careTeamId: string; patientId: string; name: string; part: 'lead' | 'member' | 'cover' };

const firstByName = <P extends { patientId: string; name: string }>(people: readonly P[], limit: number): P[] =>
  [...people].sort((a, b) => compareNames(a.name, b.name) || compareText(a.patientId, b.patientId)).slice(0, limit);

type Member = { clinicId: string; membershipId: string };

/** For good: a cover of a day is no team. */
const isOnTeam = ({ clinicId, membershipId }: Member) =>
  and(eq(careTeam.clinicId, clinicId), eq(careTeam.membershipId, membershipId), isNull(careTeam.toAt));

/** The first by name of the patients on whose care team a member of staff is, and how many they are. */
export function* findTeamPatients(
  d: Db,
  { limit, ...member }: Member & { limit: number },
): Body<{ count: number; patients: InTeam[] }> {
  // Bounded: the patients of one member of staff; the first by name are among all of them.
  const patientsOf = yield* q(
    d
      .select({ careTeamId: careTeam.id, patientId: patients.id, name: patients.name, part: careTeam.part })
      .from(careTeam)
      .innerJoin(patients, eq(patients.id, careTeam.patientId))
      .where(isOnTeam(member)),
  );
  return { count: patientsOf.length, patients: firstByName(patientsOf, limit) };
}

/** Rows of one statement; both engines bound the number of values in one. */
const ROWS = 500;

/** Gives the places of one member of staff on care teams to another. Returns whose. */
export function* moveTeam(
  d: Db,
  { to, nowMs, newId, ...member }: Member & { to: string; nowMs: number; newId: () => string },
): Body<string[]> {
  const ended = yield* q(
    d
      .update(careTeam)
      .set({ toAt: nowMs })
      .where(isOnTeam(member))
      .returning({ patientId: careTeam.patientId, part: careTeam.part }),
  );
  const rows = ended.map(({ patientId, part }) => ({
    id: newId(),
    clinicId: member.clinicId,
    patientId,
    membershipId: to,
    part,
    fromAt: nowMs,
  }));
  for (let from = 0; from < rows.length; from += ROWS)
    yield* q(
      d
        .insert(careTeam)
        .values(rows.slice(from, from + ROWS))
        .onConflictDoNothing(),
    );
  return ended.map(({ patientId }) => patientId);
}

/** Patients whom nobody who works here treats for good: they would be on nobody's list. */
export function* listWithoutTeam(
  d: Db,
  { clinicId, limit }: { clinicId: string; limit: number },
): Body<{ patientId: string; name: string }[]> {
  const team = d
    .select({ id: careTeam.id })
    .from(careTeam)
    .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
    .where(and(eq(careTeam.patientId, patients.id), isNull(careTeam.toAt), isNull(memberships.toAt)));
  // Bounded: two short columns of the patients of one clinic; the first by name are among all of them.
  const rows = yield* q(
    d
      .select({ patientId: patients.id, name: patients.name })
      .from(patients)
      .where(and(eq(patients.clinicId, clinicId), notExists(team))),
  );
  return firstByName(rows, limit);
}

/** Open hand problems that one member of staff leads are led by another from now on. */
export function* moveLeads(d: Db, { clinicId, from, to }: { clinicId: string; from: string; to: string }): Body<void> {
  yield* q(
    d
      .update(episodes)
      .set({ leadMembershipId: to })
      .where(and(eq(episodes.clinicId, clinicId), eq(episodes.leadMembershipId, from), isNull(episodes.closedAt))),
  );
}

/** Gives one patient's open hand problems their lead. */
export function* setLead(
  d: Db,
  { clinicId, patientId, membershipId }: PatientScope & { membershipId: string },
): Body<void> {
  yield* q(
    d
      .update(episodes)
      .set({ leadMembershipId: membershipId })
      .where(and(eq(episodes.clinicId, clinicId), eq(episodes.patientId, patientId), isNull(episodes.closedAt))),
  );
}

/** The account that leads the patient's open episode; null where nobody does now. */
export function* findLeadUserId(d: Db, { clinicId, patientId }: PatientScope): Body<string | null> {
  // Bounded: the open hand problems of one patient.
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

/**
 * Makes somebody of the clinic a cover until then. Who treats the patient for good stays as they are, and a cover that
 * would end sooner lasts as long.
 */
export function* joinAsCover(d: Db, row: typeof careTeam.$inferInsert & { part: 'cover'; toAt: number }): Body<void> {
  const { patientId, clinicId, membershipId, fromAt, toAt } = row;
  // Bounded: the places of one member of staff on one team.
  const places = yield* q(
    d
      .select({ id: careTeam.id, toAt: careTeam.toAt })
      .from(careTeam)
      .where(
        and(
          eq(careTeam.patientId, patientId),
          eq(careTeam.clinicId, clinicId),
          eq(careTeam.membershipId, membershipId),
          or(isNull(careTeam.toAt), gt(careTeam.toAt, fromAt)),
        ),
      ),
  );
  if (places.some((place) => place.toAt === null || place.toAt >= toAt)) return;
  const [soonest] = places;
  if (!soonest) return yield* insertCover(d, row);
  yield* q(d.update(careTeam).set({ toAt }).where(eq(careTeam.id, soonest.id)));
}

/** Lets a clinician who answers for a colleague reach the patient until then: the relation stays the only truth. */
export function* insertCover(d: Db, row: typeof careTeam.$inferInsert & { part: 'cover'; toAt: number }): Body<void> {
  yield* q(d.insert(careTeam).values(row));
}
