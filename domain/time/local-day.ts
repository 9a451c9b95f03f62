import * as z from 'zod/mini';
import { DAY_MS } from './duration';

const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day `YYYY-MM-DD` as the patient's wall calendar shows it; it carries no time zone. */
export type LocalDay = string;

export const localDaySchema = z.string().check(z.refine(isLocalDay));
export const timeZoneSchema = z.string().check(z.maxLength(64), z.refine(isTimeZone));

/** True for a day that exists in the Gregorian calendar, years 0000–9999 (not for 2026-02-30). */
export function isLocalDay(text: string): boolean {
  return parseDay(text) !== null;
}

/** True for an IANA zone name this engine knows. Bare offsets ("+02:00") are refused: they hold no summer time. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The local day of an instant (epoch ms). Throws RangeError for an unknown zone or a time that is not finite. */
export function localDay(atMs: number, timeZone: string): LocalDay {
  const { year, month, day } = wallClock(atMs, timeZone);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/**
 * Minutes the wall clock shows since 00:00, 0–1439, seconds dropped. A reading, not a duration: on a day with a
 * clock change 03:00 is 180 although two or four hours have passed. Throws like `localDay`.
 */
export function localMinutes(atMs: number, timeZone: string): number {
  const { hour, minute } = wallClock(atMs, timeZone);
  return hour * 60 + minute;
}

/** The day `count` calendar days later (earlier when negative). Throws RangeError for a day that does not exist. */
export function addDays(day: LocalDay, count: number): LocalDay {
  return new Date(dayMs(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. Throws RangeError for a day that does not exist. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return (dayMs(to) - dayMs(from)) / DAY_MS;
}

/** ISO 8601 weekday: 1 Monday … 7 Sunday. Throws RangeError for a day that does not exist. */
export function weekday(day: LocalDay): number {
  return new Date(dayMs(day)).getUTCDay() || 7;
}

function parseDay(text: string): number | null {
  if (!DAY_PATTERN.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : ms;
}

function dayMs(day: LocalDay): number {
  const ms = parseDay(day);
  if (ms === null) throw new RangeError(`Not a local day: ${day}`);
  return ms;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Building a formatter costs far more than using it; the key space is the zones that occur. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

function wallClock(atMs: number, timeZone: string) {
  const read = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatterFor(timeZone).formatToParts(atMs)) {
    if (type in read) read[type as keyof typeof read] = Number(value);
  }
  return read;
}
