import { MINUTE_MS } from '#domain/time/duration';
import { addDays } from '#domain/time/local-day';
import { instantsOf, type WallTime, wallTime } from '#domain/time/wall-time';
import type { ContactChoices } from './choices';
import { type Group, isOptional } from './kinds';

/** The first of several news waits so long for the others. */
export const BUNDLE_MS = 5 * MINUTE_MS;
/** When the day's one message goes to who wished that. */
export const DIGEST_MINUTES = 8 * 60;

type Quiet = Pick<ContactChoices, 'quietFrom' | 'quietUntil'>;

/** Does the clock show a quiet hour? The first minute is quiet, the last is not; over midnight where `from` is later. */
export function isQuiet(minutes: number, { quietFrom, quietUntil }: Quiet): boolean {
  if (quietFrom <= quietUntil) return minutes >= quietFrom && minutes < quietUntil;
  return minutes >= quietFrom || minutes < quietUntil;
}

/** The first instant after `atMs` at which the clocks of a zone show a time of day, on that day or the next. */
function nextAt(atMs: number, minutes: number, timeZone: string): number {
  const { day } = wallTime(atMs, timeZone);
  const on = (wall: WallTime): number[] => {
    const found = instantsOf(wall, timeZone);
    if (found.kind === 'once') return [found.at];
    return found.kind === 'twice' ? [found.first, found.second] : [found.after];
  };
  const candidates = [day, addDays(day, 1), addDays(day, 2)].flatMap((one) => on({ day: one, minutes }));
  return candidates.find((at) => at > atMs) ?? atMs;
}

function afterQuiet(atMs: number, quiet: Quiet, timeZone: string): number {
  const { minutes } = wallTime(atMs, timeZone);
  return isQuiet(minutes, quiet) ? nextAt(atMs, quiet.quietUntil, timeZone) : atMs;
}

export type Planned = {
  nowMs: number;
  group: Group;
  isUrgent: boolean;
  isTimed: boolean;
  choices: Pick<ContactChoices, 'quietFrom' | 'quietUntil' | 'digest'>;
  /** The zone in which the choices are meant. */
  timeZone: string;
  /** When the next message to the same address goes anyhow, or null. */
  bundleAt: number | null;
};

/** The instant at which news leaves. What is urgent, or of its minute, leaves now; what is about safety waits for no digest. */
export function sendAt({ nowMs, group, isUrgent, isTimed, choices, timeZone, bundleAt }: Planned): number {
  if (isUrgent || isTimed) return nowMs;
  const isDigest = choices.digest === 'morning' && isOptional(group);
  const bundled = Math.min(bundleAt ?? Number.POSITIVE_INFINITY, nowMs + BUNDLE_MS);
  const start = isDigest ? nextAt(nowMs, DIGEST_MINUTES, timeZone) : bundled;
  return afterQuiet(start, choices, timeZone);
}
