import * as z from 'zod/mini';
import { lineSchema, wholeNumber } from '#domain/input/fields';
import { daysBetween, type LocalDay } from '#domain/time/local-day';
import type { DoseMessage } from './dose-words';
import type { ExerciseCategory } from './exercise';
import { scheduleSchema } from './schedule';

const tempoSeconds = z.number().check(z.gte(0), z.lte(60));
const scale0to10 = z.nullable(wholeNumber(0, 10));

/** One repetition in seconds: close, hold, open. */
export const tempoSchema = z.object({
  closeSeconds: tempoSeconds,
  holdSeconds: tempoSeconds,
  openSeconds: tempoSeconds,
});
export type Tempo = z.infer<typeof tempoSchema>;

export const loadKindSchema = z.enum(['none', 'putty', 'band', 'gripper', 'weight', 'effort']);
export type LoadKind = z.infer<typeof loadKindSchema>;

/**
 * What the hand works against. `level` counts from 1, the softest of its brand: colours differ between brands
 * (facts/clinical.md §2). `kgf` is measured or printed on the device; `percent` is a share of the person's best effort.
 */
export const loadSchema = z
  .object({
    kind: loadKindSchema,
    brand: z.nullable(lineSchema(60)),
    level: z.nullable(wholeNumber(1, 12)),
    kgf: z.nullable(z.number().check(z.gt(0), z.lte(100))),
    percent: z.nullable(wholeNumber(1, 100)),
  })
  .check(
    z.refine(({ kind, brand, level, kgf }) => kind !== 'none' || (brand === null && level === null && kgf === null), {
      path: ['kind'],
    }),
    z.refine(({ kind, percent }) => percent === null || kind === 'effort', { path: ['percent'] }),
  );
export type Load = z.infer<typeof loadSchema>;

export type LoadPart = 'brand' | 'level' | 'kgf' | 'percent';

/**
 * What is said of a load of each kind. A weight is its kilograms (1 kg weighs 1 kgf) and has no level; putty and bands
 * are brand and level, with the force where somebody measured it; a gripper has the force on its label.
 * Source: facts/clinical.md §2.
 */
export const LOAD_PARTS: Record<LoadKind, readonly LoadPart[]> = {
  none: [],
  putty: ['brand', 'level', 'kgf'],
  band: ['brand', 'level', 'kgf'],
  gripper: ['brand', 'level', 'kgf'],
  weight: ['kgf'],
  effort: ['percent'],
};

/** A load of a kind of which nothing more is known: the level of a putty says nothing about a band. */
export function newLoad(kind: LoadKind): Load {
  return { kind, brand: null, level: null, kgf: null, percent: null };
}

/** The load with one part said anew; what its kind does not have is dropped (a weight that was given a level). */
export function withLoadPart<P extends LoadPart>(load: Load, part: P, value: Load[P]): Load {
  const kept = Object.fromEntries(LOAD_PARTS[load.kind].map((one) => [one, load[one]]));
  return { ...newLoad(load.kind), ...kept, [part]: value };
}

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
  return Array.isArray(value) ? value.toSorted((a, b) => a - b).join(',') : value;
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

/** Twelve weeks: a default, not a recommendation. Source: design §8; phases in facts/clinical.md §6.2. */
export const STRENGTHENING_REASON_DAYS = 84;

const STRENGTHENING_CATEGORIES: readonly ExerciseCategory[] = ['isometric', 'putty', 'pinch'];

/**
 * True for work against resistance: any load, and the categories that are resistance by nature, also when no load is
 * entered. Source: facts/clinical.md §6.2; default, not a recommendation.
 */
export function isStrengthening(category: ExerciseCategory, load: Pick<Load, 'kind'>): boolean {
  return load.kind !== 'none' || STRENGTHENING_CATEGORIES.includes(category);
}

/**
 * True when strengthening on `onDay` lies in the 84 days that begin with the day of surgery; false before surgery or
 * without one. A typed reason lets it through. Source: design §8; default, not a recommendation.
 */
export function strengtheningNeedsReason(facts: {
  surgeryOn: LocalDay | null;
  onDay: LocalDay;
  category: ExerciseCategory;
  load: Pick<Load, 'kind'>;
}): boolean {
  if (facts.surgeryOn === null || !isStrengthening(facts.category, facts.load)) return false;
  const daysSince = daysBetween(facts.surgeryOn, facts.onDay);
  return daysSince >= 0 && daysSince < STRENGTHENING_REASON_DAYS;
}

/** What publishing needs to know of a prescription. */
export type PublishedPrescription = {
  lineageId: string;
  category: ExerciseCategory;
  load: Pick<Load, 'kind'>;
  fromOn: LocalDay | null;
  untilOn: LocalDay | null;
  overrideReason: string | null;
};
export type PublishIssue = { lineageId: string; rule: 'strengthening_after_surgery'; onDay: LocalDay } & DoseMessage;

/**
 * The prescriptions that still need a typed reason before a version can take effect on `day`, in their order. One that
 * runs into the 84 days after a surgery still to come counts as well. Empty = nothing is in the way.
 */
export function publishIssues(
  prescriptions: readonly PublishedPrescription[],
  episode: { surgeryOn: LocalDay | null },
  day: LocalDay,
): PublishIssue[] {
  return prescriptions.flatMap((prescription) => {
    const { lineageId, fromOn, untilOn, overrideReason } = prescription;
    const onDay = latest([day, fromOn, episode.surgeryOn]);
    const isOver = untilOn !== null && untilOn < onDay;
    const hasReason = overrideReason !== null && overrideReason.trim() !== '';
    if (isOver || hasReason) return [];
    if (!strengtheningNeedsReason({ ...prescription, surgeryOn: episode.surgeryOn, onDay })) return [];
    const weeks = STRENGTHENING_REASON_DAYS / 7;
    const rule = 'strengthening_after_surgery' as const;
    return [{ lineageId, rule, onDay, key: 'dose.issue.strengtheningAfterSurgery' as const, values: { weeks } }];
  });
}

function latest(days: readonly (LocalDay | null)[]): LocalDay {
  return days.reduce<LocalDay>((last, day) => (day !== null && day > last ? day : last), '');
}
