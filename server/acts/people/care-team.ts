import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { endCareTeam, insertCareTeam, listCareTeam } from '#db/queries/people/care-team';
import { findPatient } from '#db/queries/people/patients';
import { findMembership } from '#db/queries/people/staff';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { careTeamPartSchema } from '#domain/people/patient';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** Joins the care team oneself, which the audit trail shows. */
export function* joinCareTeam(
  d: Db,
  work: UnitOfWork,
  { membershipId, ...scope }: PatientScope & { membershipId: string | null },
): Body<{ joined: true }> {
  const patient = yield* findPatient(d, scope);
  if (!patient || !membershipId) throw notFound();
  const { patientId } = scope;
  yield* insertCareTeam(d, { id: uuidv7(), ...scope, membershipId, part: 'member', fromAt: work.nowMs });
  work.about(patientId);
  work.ofPatient(patientId);
  work.tell('patient', patientId, { patientId });
  return { joined: true };
}

type Add = { scope: PatientScope; membershipId: string; part: z.output<typeof careTeamPartSchema> };

/** Puts a clinician or assistant of the clinic on the care team. */
export function* addToCareTeam(d: Db, work: UnitOfWork, { scope, membershipId, part }: Add): Body<{ added: true }> {
  const membership = yield* findMembership(d, { clinicId: scope.clinicId, membershipId });
  if (!membership || membership.role === 'admin') throw notFound();
  yield* insertCareTeam(d, { id: uuidv7(), ...scope, membershipId, part, fromAt: work.nowMs });
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { added: true };
}

/** Takes somebody off the care team, but never the last one. */
export function* removeFromCareTeam(
  d: Db,
  work: UnitOfWork,
  { scope, careTeamId }: { scope: PatientScope; careTeamId: string },
): Body<{ ended: true }> {
  const { nowMs } = work;
  const team = yield* listCareTeam(d, { ...scope, nowMs });
  // A record that nobody treats would be on nobody's list.
  if (team.length === 1 && team[0]?.id === careTeamId) throw new Failure('CONFLICT', 'last_in_team');
  if (!(yield* endCareTeam(d, { ...scope, careTeamId, nowMs }))) throw notFound();
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { ended: true };
}
