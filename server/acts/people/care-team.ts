import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertNotice } from '#db/queries/contact/notices';
import { endCareTeam, findLeadUserId, insertCareTeam, listCareTeam, setLead } from '#db/queries/people/care-team';
import { findPatient } from '#db/queries/people/patients';
import { findMembership } from '#db/queries/people/staff';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { careTeamPartSchema } from '#domain/people/patient';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Join = PatientScope & { membershipId: string | null; reason: string };

/** Joins the care team oneself, with a reason; who leads it is told, and the audit trail and the patient see it. */
export function* joinCareTeam(
  d: Db,
  work: UnitOfWork,
  { membershipId, reason, ...scope }: Join,
): Body<{ joined: true }> {
  const patient = yield* findPatient(d, scope);
  if (!patient || !membershipId) throw notFound();
  const { patientId, clinicId } = scope;
  const id = uuidv7();
  yield* insertCareTeam(d, { id, ...scope, membershipId, part: 'member', fromAt: work.nowMs, reason });
  const lead = yield* findLeadUserId(d, scope);
  if (lead) {
    const notice = { clinicId, userId: lead, kind: 'care_team_joined', subjectId: patientId, eventKey: `joined:${id}` };
    yield* insertNotice(d, { id: uuidv7(), ...notice, createdAt: work.nowMs });
    work.tell('notice', patientId, { userId: lead });
  }
  work.about(patientId);
  work.ofPatient(patientId);
  work.tell('patient', patientId, { patientId });
  return { joined: true };
}

/** An admin gives a patient whom nobody treats to somebody, who leads from then on. */
export function* giveTeam(
  d: Db,
  work: UnitOfWork,
  { scope, membershipId }: { scope: PatientScope; membershipId: string },
): Body<{ given: true }> {
  const { clinicId, patientId } = scope;
  const patient = yield* findPatient(d, scope);
  const membership = yield* findMembership(d, { clinicId, membershipId });
  if (!patient || membership?.role !== 'clinician') throw notFound();
  const team = yield* listCareTeam(d, { ...scope, nowMs: work.nowMs });
  // Who is treated has a team that decides for itself.
  if (team.some(isLasting)) throw new Failure('CONFLICT', 'changed_meanwhile');
  yield* insertCareTeam(d, { id: uuidv7(), ...scope, membershipId, part: 'lead', fromAt: work.nowMs });
  yield* setLead(d, { ...scope, membershipId });
  work.about(membershipId);
  work.ofPatient(patientId);
  work.tell('patient', patientId, { patientId });
  return { given: true };
}

/** A cover of a day is no team. */
const isLasting = ({ toAt }: { toAt: number | null }) => toAt === null;

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
  const lasting = (yield* listCareTeam(d, { ...scope, nowMs })).filter(isLasting);
  // A record that nobody treats would be on nobody's list.
  if (lasting.length === 1 && lasting[0]?.id === careTeamId) throw new Failure('CONFLICT', 'last_in_team');
  if (!(yield* endCareTeam(d, { ...scope, careTeamId, nowMs }))) throw notFound();
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { ended: true };
}
