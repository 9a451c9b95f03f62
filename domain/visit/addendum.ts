import { DAY_MS, MINUTE_MS } from '#domain/time/duration';

/** So long after a visit what was done in it still arrives: a phone that was off overnight sends in the morning. */
export const LATE_MS = DAY_MS;

/** Clocks that the network sets are seconds apart; one that was set by hand is minutes wrong. */
export const CLOCK_OFF_MS = 10 * MINUTE_MS;

export type Closing = {
  readonly openedAt: number | null;
  /** Null while the visit is open. */
  readonly endedAt: number | null;
  /** Somebody has signed a note of it. */
  readonly isSigned: boolean;
};

/**
 * Whether what arrives at `nowMs` comes after the record was closed, and is kept beside it. `at` = when it was done, by
 * the device; null where that is not said. Never a reason to refuse anything. All epoch ms.
 */
export function isAddendum({ openedAt, endedAt, isSigned }: Closing, at: number | null, nowMs: number): boolean {
  if (endedAt === null) return false;
  if (isSigned || openedAt === null || nowMs > endedAt + LATE_MS) return true;
  return at !== null && (at < openedAt - CLOCK_OFF_MS || at > endedAt + CLOCK_OFF_MS);
}
