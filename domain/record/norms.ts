import { specOf } from './catalogue';
import type { NormId } from './catalogue/spec';
import type { SeriesFields } from './measure';
import { MATHIOWETZ_GRIP_LB, MATHIOWETZ_TIP_LB } from './norms/mathiowetz-strength';
import type { Sex } from './norms/sex';
import type { SpreadTable } from './norms/spread';
import { PERCENTILES, TOMKINSON_GRIP_KGF } from './norms/tomkinson';
import {
  MATHIOWETZ_BOX_BLOCKS,
  MATHIOWETZ_KEY_LB,
  MATHIOWETZ_PALMAR_LB,
  OXFORD_GRICE_PEG_SECONDS,
} from './norms/unverified';
import { forceToKgf } from './units';

/** Bands of the paper: below the 20th percentile low, to the 40th somewhat low, to the 60th moderate, to the 80th … */
type PercentileBand = 'low' | 'somewhat_low' | 'moderate' | 'somewhat_high' | 'high';

type NormReading =
  /** Between which percentiles a value lies; null = beyond the last that the table has. */
  | {
      readonly what: 'percentile';
      readonly above: number | null;
      readonly below: number | null;
      readonly band: PercentileBand;
    }
  /** How many standard deviations from the mean of people of that hand, age and sex; one decimal. Stored units. */
  | { readonly what: 'spread'; readonly mean: number; readonly sd: number; readonly deviations: number };

export type NormAnswer = {
  readonly id: NormId;
  readonly sex: Sex;
  /** Ages of the row, both included; `toAge` null = and older. */
  readonly fromAge: number;
  readonly toAge: number | null;
  readonly reading: NormReading;
};

/** Of whom a norm is asked; null = not known, and then there is none. */
export type NormPerson = { readonly sex: Sex | null; readonly ageYears: number | null };

/** Norms are of adults: no table begins before 20. */
const ADULT_FROM_YEARS = 20;

type Row = { readonly fromAge: number };

/** The row of an age, with its last year; null before the first. */
function rowOf<R extends Row>(rows: readonly R[], ageYears: number): { row: R; toAge: number | null } | null {
  const at = rows.filter(({ fromAge }) => fromAge <= ageYears).length - 1;
  const row = rows[at];
  const next = rows[at + 1];
  return row ? { row, toAge: next ? next.fromAge - 1 : null } : null;
}

function bandOf(percentile: number | null): PercentileBand {
  if (percentile === null || percentile < 20) return 'low';
  if (percentile < 40) return 'somewhat_low';
  if (percentile < 60) return 'moderate';
  return percentile < 80 ? 'somewhat_high' : 'high';
}

function percentileNorm(id: NormId, value: number, sex: Sex, ageYears: number): NormAnswer | null {
  const found = rowOf(TOMKINSON_GRIP_KGF[sex], ageYears);
  if (!found) return null;
  const { row, toAge } = found;
  const reached = row.values.filter((edge) => edge <= value).length;
  const [above, below] = [PERCENTILES[reached - 1] ?? null, PERCENTILES[reached] ?? null];
  return { id, sex, fromAge: row.fromAge, toAge, reading: { what: 'percentile', above, below, band: bandOf(above) } };
}

type SpreadNorm = { readonly table: SpreadTable; readonly toStored: (value: number) => number };

const pounds = (value: number) => forceToKgf(value, 'lb');
const asIs = (value: number) => value;

const SPREADS: Readonly<Partial<Record<NormId, SpreadNorm>>> = {
  mathiowetz_grip: { table: MATHIOWETZ_GRIP_LB, toStored: pounds },
  mathiowetz_tip: { table: MATHIOWETZ_TIP_LB, toStored: pounds },
  mathiowetz_key: { table: MATHIOWETZ_KEY_LB, toStored: pounds },
  mathiowetz_palmar: { table: MATHIOWETZ_PALMAR_LB, toStored: pounds },
  oxford_grice_peg: { table: OXFORD_GRICE_PEG_SECONDS, toStored: asIs },
  mathiowetz_box_block: { table: MATHIOWETZ_BOX_BLOCKS, toStored: asIs },
};

/** Tables that were read in a source; the others are kept until somebody checks the papers, and never shown as a norm. */
const VERIFIED: ReadonlySet<NormId> = new Set<NormId>(['tomkinson_grip', 'mathiowetz_grip', 'mathiowetz_tip']);

function isVerifiedNorm(id: NormId): boolean {
  return VERIFIED.has(id);
}

/** The one cell of tip pinch that was recalled: the left hand from 75 on. */
const TIP_LEFT_UNVERIFIED_FROM = 75;

function spreadNorm(
  id: NormId,
  value: number,
  of: { side: 'left' | 'right'; sex: Sex; ageYears: number },
): NormAnswer | null {
  const norm = SPREADS[id];
  const found = norm ? rowOf(norm.table[of.sex], of.ageYears) : null;
  if (!norm || !found) return null;
  const { row, toAge } = found;
  if (id === 'mathiowetz_tip' && of.side === 'left' && row.fromAge >= TIP_LEFT_UNVERIFIED_FROM) return null;
  const [mean, sd] = [norm.toStored(row[of.side].mean), norm.toStored(row[of.side].sd)];
  const deviations = Math.round(((value - mean) / sd) * 10) / 10;
  return { id, sex: of.sex, fromAge: row.fromAge, toAge, reading: { what: 'spread', mean, sd, deviations } };
}

const NORM_TRIALS = 3;

/**
 * Whether a value was taken as those of the norm were: with a mechanical or electronic gauge (a sensor and a letter are not
 * comparable); the maximum for Tomkinson, the mean of three trials, in the posture of ASHT and at the second handle, for
 * Mathiowetz.
 */
function isTakenLike(id: NormId, of: SeriesFields, trials: number): boolean {
  if (id === 'tomkinson_grip') return of.method === 'dynamometer' && of.statistic === 'max';
  if (of.statistic !== 'mean' || trials !== NORM_TRIALS || of.posture !== 'asht') return false;
  return id === 'mathiowetz_grip' ? of.method === 'dynamometer' && of.handle === 2 : of.method === 'pinch_gauge';
}

/**
 * What people of this age and sex do, beside a value in the stored unit: only verified tables, only adults, only where sex
 * and age are known and the value was taken as theirs. Empty = there is no norm, never "normal". A reference of a
 * population, not a target, and no diagnosis.
 */
export function normsOf(
  measured: { readonly of: SeriesFields; readonly value: number; readonly trials: number },
  { sex, ageYears }: NormPerson,
): NormAnswer[] {
  const { of, value, trials } = measured;
  const { side } = of;
  if (sex === null || ageYears === null || ageYears < ADULT_FROM_YEARS || side === null) return [];
  return specOf(of.kind).norms.flatMap((id) => {
    if (!isVerifiedNorm(id) || !isTakenLike(id, of, trials)) return [];
    const answer =
      id === 'tomkinson_grip'
        ? percentileNorm(id, value, sex, ageYears)
        : spreadNorm(id, value, { side, sex, ageYears });
    return answer ? [answer] : [];
  });
}

/** The age that somebody reaches in the year of a local day; null where the year of birth is not known. */
export function ageInYear(birthYear: number | null, day: string): number | null {
  return birthYear === null ? null : Number(day.slice(0, 4)) - birthYear;
}
