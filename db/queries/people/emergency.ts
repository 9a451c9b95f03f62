import 'server-only';
import { and, asc, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { emergencyAccesses, patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

type By = { clinicId: string; userId: string; nowMs: number };

export function* insertEmergency(d: Db, row: typeof emergencyAccesses.$inferInsert): Body<void> {
  yield* q(d.insert(emergencyAccesses).values(row));
}

const isRunning = ({ clinicId, userId, nowMs }: By) =>
  and(
    eq(emergencyAccesses.clinicId, clinicId),
    gt(emergencyAccesses.toAt, nowMs),
    eq(memberships.userId, userId),
    isNull(memberships.toAt),
  );

/** The emergency access of this account that runs now; it ends with the work at the clinic, too. */
export function* findRunningEmergency(
  d: Db,
  { patientId, ...by }: PatientScope & By,
): Body<{ id: string; reason: string; toAt: number } | undefined> {
  return yield* first(
    d
      .select({ id: emergencyAccesses.id, reason: emergencyAccesses.reason, toAt: emergencyAccesses.toAt })
      .from(emergencyAccesses)
      .innerJoin(memberships, eq(memberships.id, emergencyAccesses.membershipId))
      .where(and(eq(emergencyAccesses.patientId, patientId), isRunning(by)))
      .limit(1),
  );
}

/** Whose records this account has open now, by their names. */
export function* listRunningEmergencies(d: Db, by: By): Body<{ patientId: string; name: string; toAt: number }[]> {
  // Bounded: what one person opened within an hour.
  return yield* q(
    d
      .select({ patientId: patients.id, name: patients.name, toAt: emergencyAccesses.toAt })
      .from(emergencyAccesses)
      .innerJoin(memberships, eq(memberships.id, emergencyAccesses.membershipId))
      .innerJoin(patients, eq(patients.id, emergencyAccesses.patientId))
      .where(and(isRunning(by), isNull(patients.lockedAt)))
      .orderBy(asc(emergencyAccesses.toAt), asc(emergencyAccesses.id)),
  );
}

/** Ends what runs of this account at the record before its hour is over; returns the ids. */
export function* endEmergencies(
  d: Db,
  { clinicId, patientId, userId, nowMs }: PatientScope & By,
): Body<{ id: string }[]> {
  const own = d.select({ id: memberships.id }).from(memberships).where(eq(memberships.userId, userId));
  return yield* q(
    d
      .update(emergencyAccesses)
      .set({ toAt: nowMs })
      .where(
        and(
          eq(emergencyAccesses.patientId, patientId),
          eq(emergencyAccesses.clinicId, clinicId),
          gt(emergencyAccesses.toAt, nowMs),
          inArray(emergencyAccesses.membershipId, own),
        ),
      )
      .returning({ id: emergencyAccesses.id }),
  );
}

/** Emergency accesses that no admin has looked at yet, the oldest first. */
export function* listUnreviewedEmergencies(d: Db, { clinicId, limit }: { clinicId: string; limit: number }) {
  return yield* q(
    d
      .select({
        id: emergencyAccesses.id,
        fromAt: emergencyAccesses.fromAt,
        toAt: emergencyAccesses.toAt,
        reason: emergencyAccesses.reason,
        userId: users.id,
        actorName: users.name,
        patientName: patients.name,
      })
      .from(emergencyAccesses)
      .innerJoin(memberships, eq(memberships.id, emergencyAccesses.membershipId))
      .innerJoin(users, eq(users.id, memberships.userId))
      .innerJoin(patients, eq(patients.id, emergencyAccesses.patientId))
      .where(and(eq(emergencyAccesses.clinicId, clinicId), isNull(emergencyAccesses.reviewedAt)))
      .orderBy(asc(emergencyAccesses.fromAt), asc(emergencyAccesses.id))
      .limit(limit),
  );
}

/** Who had the emergency access, and whose record it was. */
export function* findEmergency(d: Db, { clinicId, emergencyId }: { clinicId: string; emergencyId: string }) {
  return yield* first(
    d
      .select({ patientId: emergencyAccesses.patientId, userId: memberships.userId })
      .from(emergencyAccesses)
      .innerJoin(memberships, eq(memberships.id, emergencyAccesses.membershipId))
      .where(and(eq(emergencyAccesses.id, emergencyId), eq(emergencyAccesses.clinicId, clinicId))),
  );
}

/** Writes down once that an admin has looked at it. */
export function* reviewEmergency(
  d: Db,
  {
    emergencyId,
    reviewedBy,
    reviewedAt,
    reviewNote,
  }: {
    emergencyId: string;
    reviewedBy: string;
    reviewedAt: number;
    reviewNote: string;
  },
): Body<boolean> {
  const reviewed = yield* q(
    d
      .update(emergencyAccesses)
      .set({ reviewedBy, reviewedAt, reviewNote })
      .where(and(eq(emergencyAccesses.id, emergencyId), isNull(emergencyAccesses.reviewedAt)))
      .returning({ id: emergencyAccesses.id }),
  );
  return reviewed.length === 1;
}

/** Accounts of the clinic's admins; less one, where it is named. */
export function* listAdminUserIds(
  d: Db,
  { clinicId, exceptUserId }: { clinicId: string; exceptUserId?: string },
): Body<string[]> {
  // Bounded: the admins of one clinic.
  const rows = yield* q(
    d
      .selectDistinct({ userId: memberships.userId })
      .from(memberships)
      .where(
        and(
          eq(memberships.clinicId, clinicId),
          eq(memberships.role, 'admin'),
          isNull(memberships.toAt),
          exceptUserId === undefined ? undefined : ne(memberships.userId, exceptUserId),
        ),
      ),
  );
  return rows.map((row) => row.userId);
}
