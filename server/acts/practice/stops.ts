import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertStop, liftStops, listHeldOfFlag, listHeldStops, type StopRow } from '#db/queries/practice/stops';
import type { PatientScope } from '#db/scope';
import type { PainHistory } from '#domain/practice/judgement';
import { endedByMorning, type Judged, type MorningPain, stopFor } from '#domain/practice/stop';
import type { LocalDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Facts = PainHistory & { mornings: readonly MorningPain[] };

type Hold = {
  scope: PatientScope;
  facts: Facts;
  flagId: string;
  policyVersion: number;
  judged: Judged;
  saidAt: number;
  saidOn: LocalDay;
};

/** Forbids what an answer forbids. One that arrives late may have been ended already by a morning that came before it. */
export function* holdStop(d: Db, { scope, facts, flagId, judged, ...said }: Hold): Body<void> {
  const stop = stopFor(judged);
  if (!stop) return;
  const ended = endedByMorning({ ...stop, saidOn: said.saidOn }, facts.mornings, facts);
  const lifted = ended ? { liftedAt: ended.saidAt, liftedFor: 'morning' as const } : {};
  yield* insertStop(d, { id: uuidv7(), ...scope, flagId, ...stop, ...said, ...lifted });
}

/** Ends the red stops that a morning's answer ends. */
export function* liftByMorning(
  d: Db,
  work: UnitOfWork,
  { scope, facts }: { scope: PatientScope; facts: Facts },
): Body<void> {
  const held = yield* listHeldStops(d, scope);
  const ended = held.filter((stop) => endedByMorning(stop, facts.mornings, facts) !== null);
  yield* lift(d, work, { scope, stops: ended, liftedBy: null, liftedFor: 'morning' });
}

type Lift = {
  scope: PatientScope;
  stops: readonly StopRow[];
  liftedBy: string | null;
  liftedFor: NonNullable<StopRow['liftedFor']>;
};

function* lift(d: Db, work: UnitOfWork, { scope, stops, ...by }: Lift): Body<number> {
  const stopIds = stops.map((stop) => stop.id);
  const lifted = yield* liftStops(d, { ...scope, stopIds, ...by, nowMs: work.nowMs });
  if (lifted.length > 0) work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return lifted.length;
}

/** Frees what a flag's answer stopped: the clinic, or who said it in time that it was a slip. */
export function* liftStopsOfFlag(
  d: Db,
  work: UnitOfWork,
  { scope, flagId, ...by }: Omit<Lift, 'stops'> & { flagId: string },
): Body<number> {
  const stops = yield* listHeldOfFlag(d, { ...scope, flagId });
  return yield* lift(d, work, { scope, stops, ...by });
}

/** Frees one stop, whatever became of its flag. */
export function* liftStop(
  d: Db,
  work: UnitOfWork,
  { scope, stopId, ...by }: Omit<Lift, 'stops'> & { stopId: string },
): Body<boolean> {
  const stops = (yield* listHeldStops(d, scope)).filter((stop) => stop.id === stopId);
  return (yield* lift(d, work, { scope, stops, ...by })) > 0;
}
