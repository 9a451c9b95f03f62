import * as z from 'zod/mini';
import { nameSchema, wholeNumber } from '#domain/input/fields';
import { DAY_MS, MINUTE_MS } from './duration';
import { addDays, daysBetween, type LocalDay, localDaySchema, timeZoneSchema, weekday } from './local-day';
import { aheadMs, minutesOf, wallTime } from './wall-time';

const DAY_MINUTES = 24 * 60;
const SPANS_MAX = 6;
const HOLIDAYS_MAX = 200;

/** `HH:MM` and no seconds: what a person writes on a door. */
const timeOfDaySchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' }));

/** From one wall time to another of the same day; `to` 00:00 is the midnight at its end. */
const spanSchema = z.object({ from: timeOfDaySchema, to: timeOfDaySchema });
export type OpeningSpan = z.infer<typeof spanSchema>;

const fromMinutes = ({ from }: OpeningSpan) => minutesOf(from) ?? 0;
const untilMinutes = ({ to }: OpeningSpan) => minutesOf(to) || DAY_MINUTES;

const inOrder = (spans: readonly OpeningSpan[]) => [...spans].sort((a, b) => fromMinutes(a) - fromMinutes(b));

const isForward = (span: OpeningSpan) => fromMinutes(span) < untilMinutes(span);

function areApart(spans: readonly OpeningSpan[]): boolean {
  const sorted = inOrder(spans);
  return sorted.every((span, n) => {
    const before = sorted[n - 1];
    return before === undefined || untilMinutes(before) <= fromMinutes(span);
  });
}

const daySchema = z
  .array(spanSchema.check(z.refine(isForward, { error: 'ends_before_start' })))
  .check(z.maxLength(SPANS_MAX), z.refine(areApart, { error: 'overlap' }));

/** Monday first. */
export const weekSchema = z.array(daySchema).check(z.length(7));

export const holidaySchema = z.object({ on: localDaySchema, name: nameSchema(80) });
export type Holiday = z.infer<typeof holidaySchema>;

const areOnce = (holidays: readonly Holiday[]) => new Set(holidays.map(({ on }) => on)).size === holidays.length;

/** When a clinic answers, by the wall clock of its own zone: Monday first, and the whole days on which it is closed. */
export const openingHoursSchema = z.object({
  version: wholeNumber(1, 2 ** 31 - 1),
  week: weekSchema,
  holidays: z.array(holidaySchema).check(z.maxLength(HOLIDAYS_MAX), z.refine(areOnce, { error: 'twice' })),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/** Hours and the zone whose clocks they are told by. */
export const clinicTimeSchema = z.object({ hours: openingHoursSchema, timeZone: timeZoneSchema });
export type ClinicTime = z.infer<typeof clinicTimeSchema>;

/** When it is open on a day, in order; none on a holiday. */
export function spansOn(hours: OpeningHours, day: LocalDay): readonly OpeningSpan[] {
  if (hours.holidays.some(({ on }) => on === day)) return [];
  return inOrder(hours.week[weekday(day) - 1] ?? []);
}

/** Whether the clinic's own clock shows a time at which it is open. An hour that is shown twice is open twice. */
export function isOpenAt({ hours, timeZone }: ClinicTime, atMs: number): boolean {
  const { day, minutes } = wallTime(atMs, timeZone);
  return spansOn(hours, day).some((span) => fromMinutes(span) <= minutes && minutes < untilMinutes(span));
}

/** Who opens on no day within so long is taken as never opening. */
const LOOK_AHEAD_MS = 400 * DAY_MS;

/** Whether it opens at all within a year: else nothing can be promised by its hours. */
export function everOpens(time: ClinicTime, atMs: number): boolean {
  return nextOpen(time, atMs) !== null;
}

/** The first instant from then on at which the clinic is open; null where it never opens. */
export function nextOpen(time: ClinicTime, atMs: number): number | null {
  for (const { from } of openings(time, atMs)) return from;
  return null;
}

/** What somebody who reaches a clinic out of hours reads: when it opens, null = not within a year. Null while it is open. */
export function closedUntil(time: ClinicTime, atMs: number): { opensAt: number | null } | null {
  return isOpenAt(time, atMs) ? null : { opensAt: nextOpen(time, atMs) };
}

/**
 * The instant by which the clinic will have been open for so many minutes, from then on: an answer that is promised within
 * them is promised by it. Null where it never opens, and nothing can be promised.
 */
export function promisedBy(time: ClinicTime, fromMs: number, openMinutes: number): number | null {
  let leftMs = openMinutes * MINUTE_MS;
  for (const { from, until } of openings(time, fromMs)) {
    if (until - from >= leftMs) return from + leftMs;
    leftMs -= until - from;
  }
  return null;
}

/** When it is open within a span of instants, in order of time; what begins before or ends after is cut. */
export function openingsWithin(time: ClinicTime, { from, until }: Opening): Opening[] {
  const found: Opening[] = [];
  for (const opening of openings(time, from)) {
    if (opening.from >= until) break;
    found.push({ from: opening.from, until: Math.min(opening.until, until) });
  }
  return found;
}

type Opening = { from: number; until: number };

/** When the clinic is open, from an instant on, in order of time. */
function* openings({ hours, timeZone }: ClinicTime, fromMs: number): Generator<Opening> {
  if (hours.week.every((spans) => spans.length === 0)) return;
  for (const piece of steadyPieces(fromMs, timeZone)) {
    for (const { from, until } of shownIn(hours, piece)) {
      const clipped = { from: Math.max(from, piece.from, fromMs), until: Math.min(until, piece.until) };
      if (clipped.from < clipped.until) yield clipped;
    }
  }
}

/** A stretch of time in which the clocks of a zone are not set. */
type Piece = Opening & { aheadMs: number };

function* shownIn(hours: OpeningHours, piece: Piece): Generator<Opening> {
  const dayOf = (atMs: number) => new Date(atMs + piece.aheadMs).toISOString().slice(0, 10);
  const last = dayOf(piece.until - 1);
  for (let day = dayOf(piece.from); day <= last; day = addDays(day, 1)) {
    const midnight = daysBetween('1970-01-01', day) * DAY_MS - piece.aheadMs;
    for (const span of spansOn(hours, day))
      yield {
        from: midnight + fromMinutes(span) * MINUTE_MS,
        until: midnight + untilMinutes(span) * MINUTE_MS,
      };
  }
}

/** Time from an instant on, cut where the clocks are set, and into days at most. */
function* steadyPieces(fromMs: number, timeZone: string): Generator<Piece> {
  const startMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
  for (let from = startMs; from < startMs + LOOK_AHEAD_MS; ) {
    const ahead = aheadMs(from, timeZone);
    const until = steadyUntil({ from, until: from + DAY_MS }, ahead, timeZone);
    yield { from, until, aheadMs: ahead };
    from = until;
  }
}

/** The end of a stretch, or the minute in it at which the clocks are set: no zone sets them twice within a day. */
function steadyUntil({ from, until }: Opening, ahead: number, timeZone: string): number {
  if (aheadMs(until - MINUTE_MS, timeZone) === ahead) return until;
  let [same, other] = [from / MINUTE_MS, until / MINUTE_MS - 1];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (aheadMs(middle * MINUTE_MS, timeZone) === ahead) same = middle;
    else other = middle;
  }
  return other * MINUTE_MS;
}
