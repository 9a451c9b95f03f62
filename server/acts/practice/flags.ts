import 'server-only';
import type { Body, Db } from '#db/body';
import { resolveFlag } from '#db/queries/practice/flags';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Close = { scope: PatientScope; flagId: string; resolution: string; seenBy: string };

/** Closes a flag with what was done about it. */
export function* closeFlag(
  d: Db,
  work: UnitOfWork,
  { scope, flagId, resolution, seenBy }: Close,
): Body<{ resolved: true }> {
  const { nowMs } = work;
  if (!(yield* resolveFlag(d, { ...scope, flagId, resolution, seenBy, nowMs }))) throw notFound();
  work.about(flagId);
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return { resolved: true };
}
