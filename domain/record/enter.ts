import * as z from 'zod/mini';
import { epochMsSchema, idSchema, lineSchema, wholeNumber } from '#domain/input/fields';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { timeZoneSchema } from '#domain/time/local-day';
import { measureInputSchema } from './measure-input';

/** As many tests as one sitting by hand may hold: every joint of a hand, both ways, active and passive. */
const AT_ONCE_MAX = 120;

const reasonSchema = lineSchema(300);

/** Measures of one hand problem, entered together: both hands of a test, or all joints of a finger. */
export const addMeasuresSchema = z.object({
  opId: idSchema,
  patientId: idSchema,
  episodeId: idSchema,
  /** The visit in which they were measured. */
  visitId: z.nullable(idSchema),
  /** When it was entered, by the device. */
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
  /** An earlier day that was chosen, as for what stands in a letter; null = as it was entered. */
  measuredAt: z.nullable(epochMsSchema),
  measuredTimeZone: timeZoneSchema,
  measures: z.array(measureInputSchema).check(
    z.minLength(1),
    z.maxLength(AT_ONCE_MAX),
    z.refine((all) => new Set(all.map(({ id }) => id)).size === all.length),
  ),
  /** Why it was measured although something forbids it; asked only then. */
  overrideReason: z.nullable(reasonSchema),
});
export type AddMeasures = z.infer<typeof addMeasuresSchema>;

/** What stands instead of a measure, and why. `measure` null: it was not measured of this person at all. */
export const correctMeasureSchema = z.object({
  opId: idSchema,
  patientId: idSchema,
  measureId: idSchema,
  measure: z.nullable(measureInputSchema),
  reason: reasonSchema,
});
export type CorrectMeasure = z.infer<typeof correctMeasureSchema>;

/** The value that stands instead of a drawn angle's, where the picture itself is to stay as it was signed. */
export const correctAngleSchema = z.object({
  opId: idSchema,
  patientId: idSchema,
  measureId: idSchema,
  surfaceId: idSchema,
  markId: idSchema,
  /** The correction that stood there and is corrected again; null = what was drawn. */
  replacesId: z.nullable(idSchema),
  /** Degrees, signed as the goniometry of this house; null: it measures nothing. */
  degrees: z.nullable(z.int().check(z.gte(-180), z.lte(180))),
  reason: reasonSchema,
});
export type CorrectAngle = z.infer<typeof correctAngleSchema>;

/** Pain that somebody says while being tested: it goes the way of all pain. */
export const painInTestSchema = z.object({
  opId: idSchema,
  checkId: idSchema,
  patientId: idSchema,
  /** The measure or the assessment in which it was said. */
  subjectId: z.nullable(idSchema),
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
  /** Null = it hurt, and no number was given. */
  pain: z.nullable(wholeNumber(0, 10)),
});
export type PainInTest = z.infer<typeof painInTestSchema>;
