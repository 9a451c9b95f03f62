import 'server-only';
import { Failure } from '#domain/input/failure';
import { CLOCK_AHEAD_MS } from '#domain/time/duration';
import type { UnitOfWork } from './unit-of-work';

/** Refuses a time of a device that lies further ahead than its clock may. */
export function refuseFuture(work: UnitOfWork, at: number | null): void {
  if (at !== null && at > work.nowMs + CLOCK_AHEAD_MS) throw new Failure('BAD_REQUEST', 'performed_in_future');
}
