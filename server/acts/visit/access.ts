import 'server-only';
import type { Db } from '#db/body';
import { findParticipant, findVisit, findVisitPatient } from '#db/queries/visit/visits';
import { notFound } from '#domain/input/failure';
import type { VisitRole } from '#domain/visit/lifecycle';
import type { Actor } from '#server/auth/gate';
import type { Act } from '#server/runtime/unit-of-work';

/** The visit, after the actor was found to reach its patient; strangers and unknown ids look alike. */
export function* requireVisit(d: Db, act: Act, { clinicId }: Actor, visitId: string) {
  const patientId = yield* findVisitPatient(d, { clinicId, visitId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  const visit = yield* findVisit(d, { ...standing.scope, visitId });
  if (!visit) throw notFound();
  act.about(visitId);
  return { visit, standing };
}

/** The same for someone who has a seat in it: whoever still waits at the door, or was removed, takes no part. */
export function* requireSeat(d: Db, act: Act, actor: Actor, visitId: string) {
  const { visit, standing } = yield* requireVisit(d, act, actor, visitId);
  const me = yield* findParticipant(d, { visitId, userId: actor.userId });
  if (!me || me.state === 'waiting' || me.state === 'removed') throw notFound();
  return { visit, standing, me };
}

export function roleIn(relations: readonly string[]): VisitRole {
  if (relations.includes('clinician')) return 'clinician';
  return relations.includes('self') ? 'patient' : 'observer';
}

export function tellVisit(act: Act, visit: { id: string; patientId: string }): void {
  act.tell('visit', visit.id, { patientId: visit.patientId });
}
