import 'server-only';
import type { Body, Db } from '#db/body';
import { type CheckInRow, listCheckInEvents } from '#db/queries/check-in/check-ins';
import { noteCheckIn } from '#server/acts/check-in/state';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Step = { checkIn: { id: string }; toState: CheckInRow['state']; by: string; reason: string | null };

/** One line of the check-in's history, from where the line before ended. */
export function* noteReview(d: Db, { nowMs }: UnitOfWork, { checkIn, ...step }: Step): Body<void> {
  const last = (yield* listCheckInEvents(d, { checkInId: checkIn.id })).at(-1);
  yield* noteCheckIn(d, { checkInId: checkIn.id, fromState: last?.toState ?? null, ...step, nowMs });
}

export function tellQueue(work: UnitOfWork, row: { id: string; patientId: string }): void {
  work.tell('check_in', row.id, { patientId: row.patientId });
  work.tell('queue', row.id);
}
