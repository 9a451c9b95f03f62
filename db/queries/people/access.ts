import 'server-only';
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { type Reach, reached } from '#db/reach';
import { caregiverGrants, careTeam, patients } from '#db/schema/patients';
import { memberships } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import type { CaregiverScope, Relation } from '#domain/people/access';
import { findRunningEmergency } from './emergency';

export type PatientStanding = {
  readonly scope: PatientScope;
  readonly userId: string | null;
  readonly timeZone: string;
  readonly relations: readonly Relation[];
  readonly scopes: readonly CaregiverScope[];
};

/** How an account stands to a patient of this clinic; undefined where the clinic has no such patient. */
export function* findStanding(
  d: Db,
  { clinicId, patientId, userId, nowMs }: PatientScope & { userId: string; nowMs: number },
): Body<PatientStanding | undefined> {
  const patient = yield* first(
    d
      .select({
        id: patients.id,
        userId: patients.userId,
        timeZone: patients.timeZone,
        loginEndedAt: patients.loginEndedAt,
        lockedAt: patients.lockedAt,
      })
      .from(patients)
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId))),
  );
  if (!patient || patient.lockedAt !== null) return undefined;
  // Bounded: one account and one patient.
  const team = yield* q(
    d
      .select({ role: memberships.role })
      .from(careTeam)
      .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
      .where(
        and(
          eq(careTeam.patientId, patientId),
          eq(careTeam.clinicId, clinicId),
          or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)),
          eq(memberships.userId, userId),
          isNull(memberships.toAt),
        ),
      ),
  );
  // Bounded: one account and one patient.
  const grants = yield* q(
    d
      .select({ scopes: caregiverGrants.scopes })
      .from(caregiverGrants)
      .where(
        and(
          eq(caregiverGrants.patientId, patientId),
          eq(caregiverGrants.userId, userId),
          isNull(caregiverGrants.revokedAt),
          or(isNull(caregiverGrants.untilAt), gt(caregiverGrants.untilAt, nowMs)),
        ),
      ),
  );
  const relations: Relation[] = [];
  if (patient.userId === userId && patient.loginEndedAt === null) relations.push('self');
  for (const { role } of team) if (role !== 'admin') relations.push(role);
  if (grants.length > 0) relations.push('caregiver');
  // Who is on the care team needs none, and this is asked of every request.
  if (!relations.includes('clinician') && (yield* findRunningEmergency(d, { clinicId, patientId, userId, nowMs })))
    relations.push('emergency');
  return {
    scope: { clinicId, patientId },
    userId: patient.userId,
    timeZone: patient.timeZone,
    relations,
    scopes: grants.flatMap((grant) => grant.scopes as CaregiverScope[]),
  };
}

/** The patients whose care team this account is on now. A live connection asks once; what shows a page asks `listReachableAmong`. */
export function* listReachablePatientIds(d: Db, reach: Reach): Body<string[]> {
  // Bounded: the patients of one clinician, their ids alone.
  const rows = yield* q(reached(d, reach));
  return [...new Set(rows.map((row) => row.patientId))];
}

/** Those of these patients whose care team this account is on now. */
export function* listReachableAmong(
  d: Db,
  { patientIds, ...reach }: Reach & { patientIds: readonly string[] },
): Body<Set<string>> {
  if (patientIds.length === 0) return new Set();
  const { id } = patients;
  // Bounded: those of the patients that are named.
  const rows = yield* q(
    d
      .select({ id })
      .from(patients)
      .where(and(eq(patients.clinicId, reach.clinicId), inArray(id, [...patientIds]), inArray(id, reached(d, reach)))),
  );
  return new Set(rows.map((row) => row.id));
}
