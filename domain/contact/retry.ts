import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time/duration';

/** Somebody else must hear of what is urgent when it could not be delivered for so long. */
export const URGENT_STEP_MS = 10 * MINUTE_MS;
/** What nobody took for so long is given up. */
const TRIED_FOR_MS = 3 * DAY_MS;
/** So often one thing is sent where nobody says whether it arrived: the second time may be a repetition, a third never is. */
export const UNSURE_MAX = 2;
/** An address that was refused is tried again after so long: a mailbox may be there again. */
export const DEAD_FOR_MS = 7 * DAY_MS;

/** How long until the next try, after so many that were not taken. */
export function retryAfterMs(attempts: number, isUrgent: boolean): number {
  const [first, most] = isUrgent ? [10 * SECOND_MS, MINUTE_MS] : [30 * SECOND_MS, HOUR_MS];
  return Math.min(most, first * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
}

/** Is it of no use any more? */
export const isOver = (sinceMs: number, nowMs: number): boolean => nowMs - sinceMs >= TRIED_FOR_MS;
