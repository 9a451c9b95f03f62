import 'server-only';
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q, together } from '#db/body';
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
  /** When the record was made, epoch ms. */
  readonly since: number;
  readonly relations: readonly Relation[];
  readonly scopes: readonly CaregiverScope[];
};

type Asked = PatientScope & { userId: string; nowMs: number };

function* findStandingOf(d: Db, { clinicId, patientId }: Asked) {
  const { id, userId, timeZone, createdAt: since, loginEndedAt, lockedAt } = patients;
  return yield* first(
    d
      .select({ id, userId, timeZone, since, loginEndedAt, lockedAt })
      .from(patients)
      .where(and(eq(id, patientId), eq(patients.clinicId, clinicId))),
  );
}

/** Which parts the account has on the care team now. */
function* listOwnParts(d: Db, { clinicId, patientId, userId, nowMs }: Asked) {
  // Bounded: one account and one patient.
  return yield* q(
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
}

function* listOwnGrants(d: Db, { patientId, userId, nowMs }: Asked) {
  // Bounded: one account and one patient.
  return yield* q(
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
}

/** How an account stands to a patient of this clinic; undefined where the clinic has no such patient. */
export function* findStanding(d: Db, { clinicId, patientId, userId, nowMs }: Asked): Body<PatientStanding | undefined> {
  const asked = { clinicId, patientId, userId, nowMs };
  const [patient, team, grants] = yield* together(
    findStandingOf(d, asked),
    listOwnParts(d, asked),
    listOwnGrants(d, asked),
  );
  if (!patient || patient.lockedAt !== null) return undefined;
  const relations: Relation[] = [];
  if (patient.userId === userId && patient.loginEndedAt === null) relations.push('self');
  for (const { role } of team) if (role !== 'admin') relations.push(role);
  if (grants.length > 0) relations.push('caregiver');
  // Who is on the care team needs none, and this is asked of every request.
  if (!relations.includes('clinician') && (yield* findRunningEmergency(d, asked))) relations.push('emergency');
  return {
    scope: { clinicId, patientId },
    userId: patient.userId,
    timeZone: patient.timeZone,
    since: patient.since,
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
