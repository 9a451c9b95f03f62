import * as z from 'zod/mini';
import { idSchema, wholeNumber } from '#domain/input/fields';
import { addDays, type LocalDay, localDaySchema, timeZoneSchema } from '#domain/time/local-day';
import { instantsOf } from '#domain/time/wall-time';
import { scheduleVisitSchema } from './lifecycle';

/** Half a year of weeks: who plans for longer looks at it again in between. */
export const SERIES_MAX = 26;

/** The same time of the wall, again and again: from the first day on, every one or two weeks. */
export const seriesTimesSchema = z.object({
  day: localDaySchema.check(z.refine((day) => day > '2000-01-02' && day < '2098-12-01')),
  minutes: wholeNumber(0, 24 * 60 - 1),
  /** By whose clocks. */
  timeZone: timeZoneSchema,
  /** Which one is meant where the clocks show the time twice. */
  which: z._default(z.enum(['first', 'second']), 'first'),
  everyWeeks: z.union([z.literal(1), z.literal(2)]),
  count: wholeNumber(2, SERIES_MAX),
});
export type SeriesTimes = z.output<typeof seriesTimesSchema>;

const { patientId, durationMinutes } = scheduleVisitSchema.shape;

export const seriesPreviewSchema = z.object({ ...seriesTimesSchema.shape, patientId, durationMinutes });

const { kind, mode, typeId, purpose, interpreter, helperWanted } = scheduleVisitSchema.shape;

export const scheduleSeriesSchema = z.object({
  ...seriesPreviewSchema.shape,
  ...{ kind, mode, typeId, purpose, interpreter, helperWanted },
  /** Made where it was typed, so that sending it again makes no second one. */
  seriesId: idSchema,
  /** The days that were shown as not possible, and are left out. */
  leaveOut: z.array(localDaySchema).check(z.maxLength(SERIES_MAX)),
});

/** One time of a series: its instant (epoch ms), or null where the clocks skip that time on that day. */
export type Occurrence = { day: LocalDay; at: number | null };

/** The times of a series, in order. Each shows the same on the wall, whatever the clocks did in between. */
export function occurrences({ day, minutes, timeZone, which, everyWeeks, count }: SeriesTimes): Occurrence[] {
  return Array.from({ length: count }, (_, n) => {
    const on = addDays(day, n * everyWeeks * 7);
    const found = instantsOf({ day: on, minutes }, timeZone);
    if (found.kind === 'none') return { day: on, at: null };
    return { day: on, at: found.kind === 'once' ? found.at : found[which] };
  });
}
