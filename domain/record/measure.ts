import * as z from 'zod/mini';
import { activitySchema, digitsOf, type Joint, jointSchema, motionsOf } from '#domain/annotation/mark';
import { type Digit, digitSchema, sideSchema } from '#domain/input/fields';

/** What is measured, or found, of a hand. What each has (unit, protocol, bounds) is said in `catalogue.ts`. */
export const measureKindSchema = z.enum([
  'grip',
  'pinch_tip',
  'pinch_key',
  'pinch_palmar',
  'joint',
  'total_motion',
  'kapandji',
  'fingertip_to_palm',
  'nine_hole_peg',
  'box_and_block',
  'figure_of_eight',
  'circumference',
  'two_point_static',
  'two_point_moving',
  'monofilament',
  'localisation',
  'texture',
  'pain_now',
  'pain_worst',
  'pain_average',
  'stiffness',
  'tremor',
  'finger_independence',
  'coordination',
  'skin',
  'wound',
  'scar',
  'assistance',
]);
export type MeasureKind = z.infer<typeof measureKindSchema>;

/** With what, or by whom; `stated` is read in a letter, `still`, `clip` and `live` are drawn on a picture. */
const methodSchema = z.enum([
  'dynamometer',
  'pinch_gauge',
  'sensor',
  'goniometer',
  'still',
  'clip',
  'live',
  'visual',
  'tape',
  'timer',
  'count',
  'filament',
  'disk',
  'said',
  'observed',
  'stated',
]);
export type Method = z.infer<typeof methodSchema>;

/** Methods of angles that are drawn: marks, never entered by hand. */
export const DRAWN_METHODS = ['still', 'clip', 'live'] as const satisfies readonly Method[];

/**
 * How the person sits while squeezing: `asht` elbow at 90°, unsupported (American Society of Hand Therapists), `southampton`
 * arm on the chair (Roberts 2011). One is never compared with the other.
 */
export const postureSchema = z.enum(['asht', 'southampton', 'other']);

const statisticSchema = z.enum(['mean', 'max']);
export type Statistic = z.infer<typeof statisticSchema>;

/** Motions that are measured by hand, beside those that three points in a picture can show. */
export const measuredMotionSchema = z.enum([
  'flexion',
  'extension',
  'deviation',
  'abduction',
  'radial_deviation',
  'ulnar_deviation',
  'pronation',
  'supination',
  'palmar_abduction',
  'radial_abduction',
]);
export type MeasuredMotion = z.infer<typeof measuredMotionSchema>;

/** What tells one series of values from another; the rest of a measure is its value. */
export const seriesFieldsSchema = z.object({
  kind: measureKindSchema,
  side: z.nullable(sideSchema),
  digit: z.nullable(digitSchema),
  joint: z.nullable(jointSchema),
  motion: z.nullable(measuredMotionSchema),
  activity: z.nullable(activitySchema),
  /** A zone of skin, the situation of a tremor, a daily task, the place of a girth: an id of the catalogue. */
  site: z.nullable(z.string().check(z.maxLength(40))),
  method: methodSchema,
  device: z.nullable(z.string().check(z.maxLength(60))),
  posture: z.nullable(postureSchema),
  /** Position of the handle of a dynamometer, 1 the narrowest. */
  handle: z.nullable(z.int().check(z.gte(1), z.lte(5))),
  statistic: z.nullable(statisticSchema),
});
export type SeriesFields = z.infer<typeof seriesFieldsSchema>;

/** Motions that each joint has, for entry by hand; a drawn wrist says `deviation`, a goniometer says which way. */
const MANUAL_MOTIONS: Readonly<Record<Joint, readonly MeasuredMotion[]>> = {
  mcp: ['flexion', 'extension', 'abduction'],
  pip: ['flexion', 'extension'],
  dip: ['flexion', 'extension'],
  thumb_cmc: ['flexion', 'extension', 'palmar_abduction', 'radial_abduction'],
  thumb_mcp: ['flexion', 'extension'],
  thumb_ip: ['flexion', 'extension'],
  wrist: ['flexion', 'extension', 'radial_deviation', 'ulnar_deviation'],
  forearm: ['pronation', 'supination'],
};

/** The motions of a joint that a goniometer measures, in the order of a paper form. */
export function manualMotionsOf(joint: Joint): readonly MeasuredMotion[] {
  return MANUAL_MOTIONS[joint];
}

/** Whether there is such a joint: the digit belongs to it, and it moves like this. */
export function isMotionOf(joint: Joint, digit: Digit | null, motion: MeasuredMotion): boolean {
  const drawn: readonly MeasuredMotion[] = motionsOf(joint);
  return digitsOf(joint).includes(digit) && (MANUAL_MOTIONS[joint].includes(motion) || drawn.includes(motion));
}

/** Stored values have three decimals: a tenth of a pound or of a newton that was typed is read back as typed. */
const STORED_DECIMALS = 1000;

/** A value as it is stored: rounded to three decimals of its unit. */
export function stored(value: number): number {
  return Math.round(value * STORED_DECIMALS) / STORED_DECIMALS;
}

/**
 * The value of trials, in their unit, rounded to three decimals; null without trials. The mean is what ASHT (2015) reports;
 * the norms of Tomkinson (2025) are of the maximum.
 */
export function valueOfTrials(trials: readonly number[], statistic: Statistic): number | null {
  if (trials.length === 0) return null;
  if (statistic === 'max') return stored(Math.max(...trials));
  return stored(trials.reduce((sum, trial) => sum + trial, 0) / trials.length);
}
