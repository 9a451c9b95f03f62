import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findParticipant, findVisit, findVisitPatient, type VisitParticipantRow } from '#db/queries/visit/visits';
import { notFound } from '#domain/input/failure';
import type { VisitRole } from '#domain/visit/lifecycle';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Visit = NonNullable<ReturnType<typeof findVisit> extends Body<infer T> ? T : never>;

/** A visit with the proof that somebody reaches its patient. */
export type FoundVisit = { visit: Visit; standing: PatientStanding };
export type AdmittedVisit = FoundVisit & { me: VisitParticipantRow };

/** The visit, after the actor was found to reach its patient; strangers and unknown ids look alike. */
export function* requireVisit(
  d: Db,
  work: UnitOfWork,
  { clinicId }: { clinicId: string },
  visitId: string,
): Body<FoundVisit> {
  const patientId = yield* findVisitPatient(d, { clinicId, visitId });
  if (!patientId) throw notFound();
  const standing = yield* work.patient(patientId);
  const visit = yield* findVisit(d, { ...standing.scope, visitId });
  if (!visit) throw notFound();
  work.about(visitId);
  return { visit, standing };
}

/** The same for who was admitted to it: who waits to be let in, or was removed, takes no part. */
export function* requireAdmitted(
  d: Db,
  work: UnitOfWork,
  actor: { clinicId: string; userId: string },
  visitId: string,
): Body<AdmittedVisit> {
  const { visit, standing } = yield* requireVisit(d, work, actor, visitId);
  const me = yield* findParticipant(d, { visitId, userId: actor.userId });
  if (!me || me.state === 'waiting' || me.state === 'removed' || me.state === 'at_door') throw notFound();
  return { visit, standing, me };
}

export function roleIn(relations: readonly string[]): VisitRole {
  if (relations.includes('clinician')) return 'clinician';
  return relations.includes('self') ? 'patient' : 'observer';
}

export function tellVisit(work: UnitOfWork, visit: { id: string; patientId: string }): void {
  work.tell('visit', visit.id, { patientId: visit.patientId });
}
