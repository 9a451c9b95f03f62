import * as z from 'zod/mini';
import { epochMsSchema, idSchema, proseSchema } from '#domain/input/fields';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { timeZoneSchema } from '#domain/time/local-day';
import type { Span } from '#domain/time/spans';
import type { AppointmentSettings } from './appointment-settings';
import { type VisitState, visitModeSchema, visitNeedsSchema, visitTypeIdSchema } from './lifecycle';

/** Times that a patient may name as suiting. */
export const WISHES_MAX = 5;
/** Free times in one answer; more follow after the last. */
export const FREE_TIMES_PER_PAGE = 40;
/** Questions of one patient that wait at a time. */
export const REQUESTS_MAX = 3;

/** For a visit of a type, or for another time of one: when is there room. Neither = nothing that could be asked. */
export const freeTimesSchema = z.object({
  clinicianId: idSchema,
  typeId: z.nullable(visitTypeIdSchema),
  visitId: z.nullable(idSchema),
  /** Times from then on; left out = from the first that may be taken. */
  cursor: z.nullish(epochMsSchema),
});

export const bookSchema = z.object({
  ...visitNeedsSchema.shape,
  /** Made where it was chosen, so that sending it again books nothing twice. */
  visitId: idSchema,
  clinicianId: idSchema,
  typeId: visitTypeIdSchema,
  startsAt: epochMsSchema,
  timeZone: z.optional(timeZoneSchema),
});

export const askSchema = z.object({
  ...visitNeedsSchema.shape,
  requestId: idSchema,
  clinicianId: idSchema,
  /** The visit that is to be at another time; null = a new one of a type. */
  visitId: z.nullable(idSchema),
  typeId: z.nullable(visitTypeIdSchema),
  mode: z.optional(visitModeSchema),
  wishes: z.array(epochMsSchema).check(z.maxLength(WISHES_MAX)),
  /** When it suits, in words. */
  words: z.nullable(proseSchema(500)),
});

export const moveOwnSchema = z.object({
  visitId: idSchema,
  startsAt: epochMsSchema,
  sequence: z.int().check(z.minimum(0)),
});

export const ownVisitSchema = z.object({ visitId: idSchema, sequence: z.int().check(z.minimum(0)) });

/** The clinic gives a request its time; another length or way than was asked for is said. */
export const grantSchema = z.object({
  requestId: idSchema,
  startsAt: epochMsSchema,
  durationMinutes: z.int().check(z.minimum(5), z.maximum(180)),
  mode: visitModeSchema,
  timeZone: z.optional(timeZoneSchema),
});
export const declineSchema = z.object({ requestId: idSchema, answer: proseSchema(500).check(z.minLength(1)) });

/** From when to when patients may take a time by themselves. */
export function bookableSpan({ noticeHours, aheadDays }: AppointmentSettings, nowMs: number): Span {
  return { from: nowMs + noticeHours * HOUR_MS, until: nowMs + aheadDays * DAY_MS };
}

/** May the patient still move a visit, or call it off, without asking? */
export function mayChangeAlone(
  visit: { state: VisitState; startsAt: number },
  { changeHours }: Pick<AppointmentSettings, 'changeHours'>,
  nowMs: number,
): boolean {
  return visit.state === 'scheduled' && nowMs <= visit.startsAt - changeHours * HOUR_MS;
}
