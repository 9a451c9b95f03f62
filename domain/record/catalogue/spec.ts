import type { MeasureKind, Method, Statistic } from '#domain/record/measure';

/** In what values are stored; `score` is 0–10. */
type MeasureUnit = 'kgf' | 'deg' | 'cm' | 'mm' | 's' | 'blocks_min' | 'percent' | 'score';
type MeasureGroup = 'motion' | 'strength' | 'size_feeling' | 'pain_findings';

/** What a measure of a kind may say of itself beside method and value. */
export type MeasureField = 'side' | 'digit' | 'joint' | 'motion' | 'activity' | 'device' | 'posture' | 'handle';

type Population =
  | 'stroke'
  | 'multiple_sclerosis'
  | 'hand_conditions'
  | 'wrist_fracture'
  | 'thumb_osteoarthritis'
  | 'hand_osteoarthritis'
  | 'healthy'
  | 'pain'
  | 'any';

/** Where a figure is from: a message key of `measures.source`, and what the docstring beside it names. */
type SourceId =
  | 'chen_2009'
  | 'bohannon_2019'
  | 'kim_2014'
  | 'bobos_2020'
  | 'msoac'
  | 'hervault_2017'
  | 'digital_box_block'
  | 'goniometer_error'
  | 'figure_of_eight_sem'
  | 'nprs'
  | 'house_default';

/**
 * How much two values must differ before the difference is more than measuring (`detectable`), or matters to people
 * (`important`). In the unit of the measure, or in percent of the first value. `verified` as in the source that was read:
 * a figure that is not is never used in a sentence, unless it is this house's default and says so.
 */
export type DetectableChange = {
  readonly what: 'detectable' | 'important';
  readonly amount: { readonly value: number } | { readonly percent: number };
  readonly population: Population;
  /** Of the affected hand or the other one. */
  readonly hand?: 'affected' | 'other';
  /** Of the dominant hand or the other one. */
  readonly dominance?: 'dominant' | 'other';
  /** Measured by one person, or by two. */
  readonly examiner?: 'same' | 'other';
  /** A difference of exactly this much counts. */
  readonly inclusive?: true;
  readonly source: SourceId;
  readonly verified: boolean;
};

export type NormId =
  | 'tomkinson_grip'
  | 'mathiowetz_grip'
  | 'mathiowetz_tip'
  | 'mathiowetz_key'
  | 'mathiowetz_palmar'
  | 'oxford_grice_peg'
  | 'mathiowetz_box_block';

/** A place that a measure is of: `ofDigit` where it is one on each digit. */
export type Site = { readonly id: string; readonly ofDigit: boolean };

export type MeasureSpec = {
  readonly kind: MeasureKind;
  readonly group: MeasureGroup;
  /** Null where it is only chosen from words. */
  readonly unit: MeasureUnit | null;
  /** Decimals that are shown; 0 is counted in whole numbers and stored so. */
  readonly decimals: number;
  /** By hand; the usual one first. */
  readonly methods: readonly Method[];
  readonly required: readonly MeasureField[];
  readonly optional: readonly MeasureField[];
  readonly sites: readonly Site[];
  /** What may be chosen in place of a number, in order; empty where there is only the number. */
  readonly choices: readonly string[];
  /** What is possible at all, both ends included: wide on purpose, they catch slips of the keyboard. */
  readonly bounds: { readonly min: number; readonly max: number } | null;
  /** How many trials are usual, and what is made of them, the reported one first. */
  readonly trials: { readonly usual: number; readonly statistics: readonly Statistic[] } | null;
  /** Null where neither is better by itself: it depends on the motion, or on the person. */
  readonly better: 'more' | 'less' | null;
  readonly changes: readonly DetectableChange[];
  readonly norms: readonly NormId[];
};

/** What most kinds have not. */
export const PLAIN = {
  decimals: 0,
  required: [],
  optional: [],
  sites: [],
  choices: [],
  bounds: null,
  trials: null,
  better: null,
  changes: [],
  norms: [],
} as const satisfies Partial<MeasureSpec>;
