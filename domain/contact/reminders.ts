import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { addDays, localDay, localDaySchema } from '#domain/time/local-day';
import { instantsOf, type WallTime, wallTime } from '#domain/time/wall-time';
import type { ContactChoices } from './choices';
import { isQuiet } from './when';

/** Of what patients are reminded. Stored names; another one is a name here and a row of `server/acts/contact/remind.ts`. */
export const REMINDERS = ['practice', 'visit_day', 'visit_soon', 'check_in'] as const;
/** What is looked at by the same clock and reminds of nothing. Stored names. */
export const LOOKS = ['visit_held'] as const;
export type ReminderKind = (typeof REMINDERS)[number] | (typeof LOOKS)[number];

/** More than that in a day is nagging. */
export const TIMES_MAX = 3;

/** Times of the day in minutes since 00:00 by the person's clocks; none = no reminders of practice. */
export const reminderChoicesSchema = z.object({
  times: z.array(wholeNumber(0, 24 * 60 - 1)).check(
    z.maxLength(TIMES_MAX),
    z.refine((times) => new Set(times).size === times.length),
  ),
  /** Once more, when nothing was logged. */
  repeats: z.boolean(),
});
export type ReminderChoices = z.infer<typeof reminderChoicesSchema>;

/** Nobody is reminded who did not ask for it. */
export const DEFAULT_REMINDERS: ReminderChoices = { times: [], repeats: true };

export const notTodaySchema = z.object({ day: localDaySchema });

/** It is said once more after so long; who practised so shortly before a time needs no word. Engineering defaults. */
export const REPEAT_MS = HOUR_MS;
export const JUST_PRACTISED_MS = HOUR_MS;
/** A reminder of practice that is later than this is not given any more. */
export const PRACTICE_LATE_MS = HOUR_MS;
export const VISIT_SOON_MS = 10 * MINUTE_MS;
/** Who booked a visit so shortly before the day's reminder has just heard of it. */
export const JUST_BOOKED_MS = 12 * HOUR_MS;
/** Later than this the day's reminder is no use beside the one ten minutes before. */
export const VISIT_DAY_LATE_MS = 12 * HOUR_MS;
/** So long after another clip was asked for. */
export const CHECK_IN_AFTER_MS = 2 * DAY_MS;
export const CHECK_IN_LATE_MS = 7 * DAY_MS;

/** The one instant of a day at which it is that time: the first of two, and by the offset before where there is none. */
function instantOf(wall: WallTime, timeZone: string): number {
  const found = instantsOf(wall, timeZone);
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.first : found.after;
}

/** The first chosen time after an instant; null where none is chosen. */
export function nextTime(times: readonly number[], afterMs: number, timeZone: string): number | null {
  if (times.length === 0) return null;
  const today = localDay(afterMs, timeZone);
  // A zone may have left a day out.
  const days = [-1, 0, 1, 2, 3].map((count) => addDays(today, count));
  const instants = days.flatMap((day) => times.map((minutes) => instantOf({ day, minutes }, timeZone)));
  return Math.min(...instants.filter((at) => at > afterMs));
}

export type Next = { dueAt: number; repeatOf: number | null };

type Plan = {
  choices: ReminderChoices;
  quiet: Pick<ContactChoices, 'quietFrom' | 'quietUntil'>;
  timeZone: string;
};

/**
 * What comes after a chosen time, or after its repetition. `told`: a first reminder was given just now. The repetition is
 * left out where the next time comes before it, where the day is over, and in quiet hours: nobody chose its minute.
 */
export function afterTime(at: Next, told: boolean, { choices, quiet, timeZone }: Plan): Next | null {
  const { dueAt, repeatOf } = at;
  const next = nextTime(choices.times, dueAt, timeZone);
  if (next === null) return null;
  const again = dueAt + REPEAT_MS;
  const wall = wallTime(again, timeZone);
  const isRepeated =
    told &&
    repeatOf === null &&
    choices.repeats &&
    next > again &&
    wall.day === localDay(dueAt, timeZone) &&
    !isQuiet(wall.minutes, quiet);
  return isRepeated ? { dueAt: again, repeatOf: dueAt } : { dueAt: next, repeatOf: null };
}

/** The same time of the day before, by the clocks of a zone. */
export function dayBefore(atMs: number, timeZone: string): number {
  const { day, minutes } = wallTime(atMs, timeZone);
  return instantOf({ day: addDays(day, -1), minutes }, timeZone);
}
