import 'server-only';
import type { Db } from '#db/body';
import { findProgram, findProgramPatient } from '#db/queries/program/programs';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** The program, after the actor was found to reach its patient; strangers and unknown ids look alike. */
export function* requireProgram(d: Db, work: UnitOfWork, { clinicId }: { clinicId: string }, programId: string) {
  const patientId = yield* findProgramPatient(d, { clinicId, programId });
  if (!patientId) throw notFound();
  const standing = yield* work.patient(patientId);
  const found = yield* findProgram(d, { ...standing.scope, programId });
  if (!found) throw notFound();
  work.about(programId);
  return { standing, ...found };
}
