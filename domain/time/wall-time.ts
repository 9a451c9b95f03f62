import { DAY_MS, MINUTE_MS } from './duration';
import { daysBetween, type LocalDay, localDay, localMinutes } from './local-day';

/** What a wall clock shows: a calendar day and the minutes since its 00:00. It is no instant before a zone is named. */
export type WallTime = { day: LocalDay; minutes: number };

/**
 * The instants (epoch ms) at which the clocks of a zone show a wall time. `twice`: they are set back over it; `none`: they
 * are put forward over it, and then `after` is what it would be by the offset before, such as 03:30 for 02:30.
 */
export type Instants =
  | { kind: 'once'; at: number }
  | { kind: 'twice'; first: number; second: number }
  | { kind: 'none'; after: number };

const EPOCH_DAY = '1970-01-01';

const asIfUtc = ({ day, minutes }: WallTime) => daysBetween(EPOCH_DAY, day) * DAY_MS + minutes * MINUTE_MS;

/** What the clocks of a zone show at an instant. Throws RangeError for an unknown zone. */
export function wallTime(atMs: number, timeZone: string): WallTime {
  return { day: localDay(atMs, timeZone), minutes: localMinutes(atMs, timeZone) };
}

/** How far the clocks of a zone are ahead of UTC at an instant, in whole minutes as ms. */
export function aheadMs(atMs: number, timeZone: string): number {
  return asIfUtc(wallTime(atMs, timeZone)) - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}

/** Throws RangeError for a day that does not exist and for an unknown zone. */
export function instantsOf(wall: WallTime, timeZone: string): Instants {
  const guess = asIfUtc(wall);
  // No zone is further from UTC than a day, and none changes its clocks twice within three.
  const before = aheadMs(guess - DAY_MS, timeZone);
  const after = aheadMs(guess + DAY_MS, timeZone);
  const [first, second] = [...new Set([guess - before, guess - after])]
    .filter((at) => asIfUtc(wallTime(at, timeZone)) === guess)
    .sort((a, b) => a - b);
  if (first === undefined) return { kind: 'none', after: guess - before };
  return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', first, second };
}

const two = (n: number) => String(n).padStart(2, '0');

/** Minutes since 00:00 as a time field takes them: `HH:MM`. */
export const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** `HH:MM` as a time field gives it, in minutes since 00:00; null where it is none. */
export function minutesOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(\.\d+)?)?$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}
