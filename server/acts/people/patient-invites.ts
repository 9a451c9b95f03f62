import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertInvite, revokePatientInvites } from '#db/queries/people/invites';
import { findPatient } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { INVITE_DAYS } from '#domain/people/account';
import { DAY_MS } from '#domain/time/duration';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Invite = { scope: PatientScope; createdBy: string; tokenHash: string };

/** Gives the record its login, once. An earlier link stops working. */
export function* invitePatient(
  d: Db,
  work: UnitOfWork,
  { scope, createdBy, tokenHash }: Invite,
): Body<{ expiresAt: number }> {
  const { nowMs } = work;
  const patient = yield* findPatient(d, scope);
  if (!patient) throw notFound();
  if (patient.userId !== null) throw new Failure('CONFLICT', 'already_joined');
  yield* revokePatientInvites(d, { ...scope, nowMs });
  const expiresAt = nowMs + INVITE_DAYS * DAY_MS;
  const id = uuidv7();
  const invite = { id, ...scope, kind: 'patient' as const, name: patient.name, tokenHash, createdBy };
  yield* insertInvite(d, { ...invite, createdAt: nowMs, expiresAt });
  work.about(id);
  return { expiresAt };
}

/** Takes the open invite back before it is used: its link stops working at once. */
export function* withdrawPatientInvite(
  d: Db,
  work: UnitOfWork,
  { scope }: { scope: PatientScope },
): Body<{ withdrawn: boolean }> {
  const withdrawn = yield* revokePatientInvites(d, { ...scope, nowMs: work.nowMs });
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { withdrawn: withdrawn > 0 };
}
