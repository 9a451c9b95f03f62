import * as z from 'zod/mini';
import { epochMsSchema, idSchema, lineSchema, wholeNumber } from '#domain/input/fields';
import { timeZoneSchema } from '#domain/time/local-day';
import { weekSchema } from '#domain/time/opening-hours';

/** `version` counts the changes. In an edit it is the one that was on screen: another one meanwhile is a conflict. */
export const workingHoursSchema = z.object({
  version: wholeNumber(0, 1_000_000),
  /** When visits may be. */
  visits: weekSchema,
  /** When no visit is, since check-ins are answered then. */
  reviews: weekSchema,
});
export type WorkingHours = z.infer<typeof workingHoursSchema>;

export const editWorkingHoursSchema = z.object({ timeZone: timeZoneSchema, hours: workingHoursSchema });
export type EditWorkingHours = z.infer<typeof editWorkingHoursSchema>;

export const EXCEPTION_KINDS = ['away', 'extra'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** Time away from the week's hours, or beside them; `untilMs` is the first instant after it. */
export const exceptionSchema = z
  .object({
    id: idSchema,
    kind: z.enum(EXCEPTION_KINDS),
    fromMs: epochMsSchema,
    untilMs: epochMsSchema,
    note: z.nullable(lineSchema(120)),
  })
  .check(z.refine(({ fromMs, untilMs }) => fromMs < untilMs, { error: 'ends_before_start', path: ['untilMs'] }));
export type AvailabilityException = z.infer<typeof exceptionSchema>;
