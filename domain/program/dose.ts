import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';
import { loadSchema } from './load';
import { scheduleSchema } from './schedule';

const tempoSeconds = z.number().check(z.gte(0), z.lte(60));
const scale0to10 = z.nullable(wholeNumber(0, 10));

/** One repetition in seconds: close, hold, open. */
const tempoSchema = z.object({
  closeSeconds: tempoSeconds,
  holdSeconds: tempoSeconds,
  openSeconds: tempoSeconds,
});
export type Tempo = z.infer<typeof tempoSchema>;

/**
 * One prescription's dose, as stored in a `prescriptions` row (extra columns are dropped). `restSeconds` lies between
 * sets. The scales run 0–10; null = not set.
 */
export const doseSchema = z
  .object({
    sets: wholeNumber(1, 10),
    repsMin: wholeNumber(1, 100),
    repsMax: wholeNumber(1, 100),
    holdSeconds: wholeNumber(0, 600),
    restSeconds: wholeNumber(0, 600),
    tempo: tempoSchema,
    load: loadSchema,
    effortTarget: scale0to10,
    /** The highest pain at which the person may go on. */
    painLimit: scale0to10,
    schedule: scheduleSchema,
  })
  .check(z.refine(({ repsMin, repsMax }) => repsMin <= repsMax, { path: ['repsMax'] }));
export type Dose = z.infer<typeof doseSchema>;

type DoseLeaf = number | string | null;
/** `field` is the path of a value ("tempo.openSeconds", "load.level", "schedule.times"); null = not set or not there. */
export type DoseChange = { field: string; before: DoseLeaf; after: DoseLeaf };

/** What differs between two doses, each value on its own, in the order of the dose's fields. Empty when equal. */
export function doseChanges(before: Dose, after: Dose): DoseChange[] {
  const was = leaves(before);
  const is = leaves(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

const DOSE_FIELDS = [
  'sets',
  'repsMin',
  'repsMax',
  'holdSeconds',
  'restSeconds',
  'tempo',
  'load',
  'effortTarget',
  'painLimit',
  'schedule',
] as const satisfies readonly (keyof Dose)[];

function leaves(dose: Dose): Map<string, DoseLeaf> {
  const found = new Map<string, DoseLeaf>();
  for (const field of DOSE_FIELDS) {
    const value = dose[field];
    if (typeof value !== 'object' || value === null) found.set(field, value);
    else for (const [name, leaf] of Object.entries(value)) found.set(`${field}.${name}`, leafOf(leaf));
  }
  return found;
}

/** Weekdays are compared as one sorted list: their order says nothing. */
function leafOf(value: number | string | null | number[]): DoseLeaf {
  return Array.isArray(value) ? [...value].sort((a, b) => a - b).join(',') : value;
}

/** Seconds for a repetition without tempo or hold: an estimate for tasks at one's own pace. */
const FREE_REP_SECONDS = 3;

/**
 * Seconds one sitting takes at most: the upper repetition count, the longer of hold and tempo hold, rests between
 * sets. An estimate for "about 25 minutes", not a limit.
 */
export function estimateSeconds(
  dose: Pick<Dose, 'sets' | 'repsMax' | 'holdSeconds' | 'restSeconds' | 'tempo'>,
): number {
  const { closeSeconds, holdSeconds, openSeconds } = dose.tempo;
  const repSeconds = closeSeconds + Math.max(holdSeconds, dose.holdSeconds) + openSeconds || FREE_REP_SECONDS;
  return dose.sets * dose.repsMax * repSeconds + (dose.sets - 1) * dose.restSeconds;
}
