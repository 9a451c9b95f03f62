import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertFlagNote } from '#db/queries/practice/flag-notes';
import { findFlag, resolveFlag } from '#db/queries/practice/flags';
import { listHeldStops } from '#db/queries/practice/stops';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { liftStopSchema, noteFlagSchema, resolveFlagSchema } from '#domain/practice/flag';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { stopEscalation } from './escalate';
import { liftStop, liftStopsOfFlag } from './stops';

type By = { scope: PatientScope; by: string };
type Asked<S extends z.core.$ZodType> = Omit<z.output<S>, 'patientId'>;

function* keepNote(
  d: Db,
  work: UnitOfWork,
  { scope, by, flagId, text }: By & { flagId: string; text: string },
): Body<void> {
  yield* insertFlagNote(d, { id: uuidv7(), ...scope, flagId, by, at: work.nowMs, text });
  work.about(flagId);
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
}

/** Keeps what was done about a flag; it stays as it is. One that somebody closed meanwhile keeps it too. */
export function* noteFlag(
  d: Db,
  work: UnitOfWork,
  { scope, by, flagId, text }: By & Asked<typeof noteFlagSchema>,
): Body<{ noted: true }> {
  if (!(yield* findFlag(d, { ...scope, flagId }))) throw notFound();
  yield* keepNote(d, work, { scope, by, flagId, text });
  return { noted: true };
}

type Close = By & Asked<typeof resolveFlagSchema> & { mayLift: boolean };

/** Closes a flag with what was done about it. What it stopped goes on only where whoever closes it may say so, and does. */
export function* closeFlag(
  d: Db,
  work: UnitOfWork,
  { scope, by, flagId, resolution, practice = 'stays_stopped', mayLift }: Close,
): Body<{ resolved: true }> {
  const goesOn = practice === 'goes_on';
  if (goesOn && !mayLift) throw new Failure('FORBIDDEN', 'not_allowed');
  const { nowMs } = work;
  if (!(yield* resolveFlag(d, { ...scope, flagId, resolution, seenBy: by, nowMs }))) throw notFound();
  yield* stopEscalation(d, work, { scope, flagId });
  if (goesOn) yield* liftStopsOfFlag(d, work, { scope, flagId, liftedBy: by, liftedFor: 'clinic' });
  work.about(flagId);
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return { resolved: true };
}

/** Lets what stayed stopped go on, and keeps why. While its flag is open it is the flag that is answered. */
export function* liftHeldStop(
  d: Db,
  work: UnitOfWork,
  { scope, by, stopId, reason }: By & Asked<typeof liftStopSchema>,
): Body<{ lifted: true }> {
  const stop = (yield* listHeldStops(d, scope)).find(({ id }) => id === stopId);
  if (!stop) throw notFound();
  const flag = yield* findFlag(d, { ...scope, flagId: stop.flagId });
  if (!flag || flag.seenAt === null) throw new Failure('CONFLICT', 'flag_open');
  yield* liftStop(d, work, { scope, stopId, liftedBy: by, liftedFor: 'clinic' });
  yield* keepNote(d, work, { scope, by, flagId: flag.id, text: reason });
  return { lifted: true };
}
