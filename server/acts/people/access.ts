import 'server-only';
import type { Body } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** The actor's own record, or, where one is named, that of the patient whom a caregiver helps. */
export function* requireOwnRecord(
  work: UnitOfWork,
  actor: { patientId: string | null },
  helpedId?: string,
): Body<PatientStanding> {
  const patientId = helpedId ?? actor.patientId;
  if (!patientId) throw notFound();
  return yield* work.patient(patientId);
}
