import { MINUTE_MS } from '#domain/time/duration';
import { addDays, type LocalDay, weekday } from '#domain/time/local-day';
import { instantsOf, type WallTime, wallTime } from '#domain/time/wall-time';

/** Minutes of a wall clock's day, midnight to midnight, however long the day really is. */
const DAY_MINUTES = 24 * 60;
/** What is moved by hand goes in such steps. */
export const STEP_MINUTES = 15;
/** No block is drawn lower than this, whatever it lasts: one can still be hit. */
const LEAST_MINUTES = 15;
const WORKDAYS = 5;

/** Something with a beginning and an end, epoch ms; the end is not part of it. */
export type GridSpan = { id: string; fromMs: number; untilMs: number };

/** What of a span lies on one day: minutes that the wall clock shows, 0–1440, `from` < `until`. */
export type Segment = {
  id: string;
  day: LocalDay;
  from: number;
  until: number;
  /** False for what goes on from the day before. */
  begins: boolean;
};

/** A segment in one of so many lanes, all as wide: those of one lane never overlap. */
export type Placed = Segment & { lane: number; lanes: number };

/** The Monday of the week in which a day lies. Throws RangeError for a day that does not exist. */
export function mondayOf(day: LocalDay): LocalDay {
  return addDays(day, 1 - weekday(day));
}

/** The instant (epoch ms) at which a day begins by the clocks of a zone; where they skip midnight, the first after it. */
export function startOfDay(day: LocalDay, timeZone: string): number {
  const found = instantsOf({ day, minutes: 0 }, timeZone);
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.first : found.after;
}

/** From the beginning of a day to that of the one `count` days later, epoch ms: 23 to 25 hours each. */
export function spanOfDays(day: LocalDay, count: number, timeZone: string): { fromMs: number; untilMs: number } {
  return { fromMs: startOfDay(day, timeZone), untilMs: startOfDay(addDays(day, count), timeZone) };
}

/**
 * A span as the wall clocks of a zone show it, cut at midnight. It is as long as it lasts where the clocks are set back in
 * it, and reaches to where it ends where they are put forward. Empty spans have no segment.
 */
export function segmentsOf({ id, fromMs, untilMs }: GridSpan, timeZone: string): Segment[] {
  const segments: Segment[] = [];
  for (let begin = fromMs; begin < untilMs; ) {
    const { day, minutes: from } = wallTime(begin, timeZone);
    const end = Math.min(untilMs, startOfDay(addDays(day, 1), timeZone));
    const shown = wallTime(end, timeZone);
    const lasts = Math.ceil((end - begin) / MINUTE_MS);
    const until = Math.max(from + lasts, shown.day === day ? shown.minutes : DAY_MINUTES);
    segments.push({ id, day, from, until: Math.min(DAY_MINUTES, until), begins: begin === fromMs });
    begin = end;
  }
  return segments;
}

const drawnUntil = ({ from, until }: Segment) => Math.max(until, from + LEAST_MINUTES);

/**
 * The segments of one day side by side where they would lie on each other as they are drawn: in order of their beginning,
 * the longer first, each in the first lane that is free. Only those that hang together share their width.
 */
export function placed(segments: readonly Segment[]): Placed[] {
  const inOrder = [...segments].sort(
    (a, b) => a.from - b.from || drawnUntil(b) - drawnUntil(a) || (a.id < b.id ? -1 : 1),
  );
  const done: Placed[] = [];
  let group: (Segment & { lane: number })[] = [];
  let laneEnds: number[] = [];
  const close = () => {
    for (const one of group) done.push({ ...one, lanes: laneEnds.length });
    group = [];
    laneEnds = [];
  };
  for (const segment of inOrder) {
    if (laneEnds.every((end) => end <= segment.from)) close();
    const free = laneEnds.findIndex((end) => end <= segment.from);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = drawnUntil(segment);
    group.push({ ...segment, lane });
  }
  close();
  return done;
}

/** The whole hours, 0–24, that hold all segments, and at least those from `usual.from` to `usual.until`. */
export function hoursFor(
  segments: readonly Pick<Segment, 'from' | 'until'>[],
  usual: { from: number; until: number },
): { from: number; until: number } {
  return segments.reduce(
    ({ from, until }, segment) => ({
      from: Math.min(from, Math.floor(segment.from / 60)),
      until: Math.max(until, Math.ceil(segment.until / 60)),
    }),
    usual,
  );
}

/** The days of a week that are shown: Monday to Friday, and of the weekend those on which anything lies. */
export function daysShown(monday: LocalDay, isUsed: (day: LocalDay) => boolean): LocalDay[] {
  return Array.from({ length: 7 }, (_, n) => addDays(monday, n)).filter((day, n) => n < WORKDAYS || isUsed(day));
}

/** The instant (epoch ms) at which a wall time is meant: of two the first, of none the one after the gap. */
export function instantAt(wall: WallTime, timeZone: string): number {
  const found = instantsOf(wall, timeZone);
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.first : found.after;
}

/**
 * What is `days` and `steps` quarters of an hour further. Days keep what the clock shows; quarters are time that passes, so
 * that an hour that comes twice is gone through twice.
 */
export function stepped(atMs: number, { days = 0, steps = 0 }: { days?: number; steps?: number }, timeZone: string) {
  const wall = wallTime(atMs, timeZone);
  const sameClock = days === 0 ? atMs : instantAt({ ...wall, day: addDays(wall.day, days) }, timeZone);
  return sameClock + steps * STEP_MINUTES * MINUTE_MS;
}

/** A minute of a day as it is pointed at, taken to the nearest quarter of an hour that begins on that day. */
export function snapped(minutes: number): number {
  const quarter = Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;
  return Math.min(DAY_MINUTES - STEP_MINUTES, Math.max(0, quarter));
}
