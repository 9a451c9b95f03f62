import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesFields } from './measure';
import { ageInYear, type NormPerson, normsOf } from './norms';
import { TOMKINSON_GRIP_KGF } from './norms/tomkinson';
import { forceToKgf } from './units';

const grip = (change: Partial<SeriesFields> = {}): SeriesFields => ({
  kind: 'grip',
  side: 'right',
  digit: null,
  joint: null,
  motion: null,
  activity: null,
  site: null,
  method: 'dynamometer',
  device: 'Jamar',
  posture: 'asht',
  handle: 2,
  statistic: 'mean',
  ...change,
});
const max = (change: Partial<SeriesFields> = {}) => grip({ statistic: 'max', ...change });
const tip = (change: Partial<SeriesFields> = {}) =>
  grip({ kind: 'pinch_tip', method: 'pinch_gauge', handle: null, ...change });
const woman = (ageYears: number | null): NormPerson => ({ sex: 'female', ageYears });
const man = (ageYears: number | null): NormPerson => ({ sex: 'male', ageYears });

/** In few words: what a screen would say. */
function said(of: SeriesFields, value: number, person: NormPerson, trials = 3): string {
  return normsOf({ of, value, trials }, person)
    .map(({ id, fromAge, toAge, reading }) =>
      reading.what === 'percentile'
        ? `${id} ${fromAge}-${toAge ?? ''}: P${reading.above ?? ''}-${reading.below ?? ''} ${reading.band}`
        : `${id} ${fromAge}-${toAge ?? ''}: ${reading.deviations} SD`,
    )
    .join(', ');
}

describe('a norm of grip and pinch', () => {
  it.each<[string, SeriesFields, number, NormPerson, string]>([
    // Tomkinson 2025: maximum, kgf.
    ['a man of 32 at the median', max(), 49.7, man(32), 'tomkinson_grip 30-34: P50-60 moderate'],
    ['a hair below it', max(), 49.6, man(32), 'tomkinson_grip 30-34: P40-50 moderate'],
    ['a woman of 58 with 20 kgf', max(), 20, woman(58), 'tomkinson_grip 55-59: P10-20 low'],
    ['a woman of 58 with 21.5 kgf', max(), 21.5, woman(58), 'tomkinson_grip 55-59: P20-30 somewhat_low'],
    ['a woman of 58 with 29 kgf', max(), 29, woman(58), 'tomkinson_grip 55-59: P60-70 somewhat_high'],
    ['a woman of 58 with 33 kgf', max(), 33, woman(58), 'tomkinson_grip 55-59: P80-90 high'],
    ['below the last percentile', max(), 2, woman(58), 'tomkinson_grip 55-59: P-5 low'],
    ['above the last', max(), 70, man(25), 'tomkinson_grip 25-29: P95- high'],
    ['101 years', max(), 19.8, man(101), 'tomkinson_grip 100-: P50-60 moderate'],
    ['exactly 20', max(), 28.6, woman(20), 'tomkinson_grip 20-24: P50-60 moderate'],
    [
      'the left hand too: both hands are in it',
      max({ side: 'left' }),
      49.7,
      man(32),
      'tomkinson_grip 30-34: P50-60 moderate',
    ],
    // Mathiowetz 1985: mean of three, pounds, by hand.
    ['the mean of men of 20', grip(), forceToKgf(121, 'lb'), man(20), 'mathiowetz_grip 20-24: 0 SD'],
    ['one deviation below', grip(), forceToKgf(121 - 20.6, 'lb'), man(24), 'mathiowetz_grip 20-24: -1 SD'],
    [
      'their left hand is weaker',
      grip({ side: 'left' }),
      forceToKgf(104.5, 'lb'),
      man(20),
      'mathiowetz_grip 20-24: 0 SD',
    ],
    ['a woman of 66, 6.9 kgf', grip({ side: 'left' }), 6.9, woman(66), 'mathiowetz_grip 65-69: -3.1 SD'],
    ['a woman of 90', grip(), forceToKgf(42.6, 'lb'), woman(90), 'mathiowetz_grip 75-: 0 SD'],
    ['tip pinch of a woman of 47', tip(), forceToKgf(13.2, 'lb'), woman(47), 'mathiowetz_tip 45-49: 0 SD'],
    [
      'tip pinch, men of 32: 17.6, not the misprint',
      tip(),
      forceToKgf(17.6, 'lb'),
      man(32),
      'mathiowetz_tip 30-34: 0 SD',
    ],
    // None.
    ['somebody of whom the sex is not said', max(), 30, { sex: null, ageYears: 40 }, ''],
    ['somebody of unknown age', max(), 30, woman(null), ''],
    ['nineteen', max(), 30, woman(19), ''],
    ['a child', max(), 10, woman(9), ''],
    ['a sensor is not a dynamometer', max({ method: 'sensor' }), 30, woman(40), ''],
    ['a letter says not how', max({ method: 'stated' }), 30, woman(40), ''],
    ['third handle', grip({ handle: 3 }), 30, woman(40), ''],
    ['Southampton, mean', grip({ posture: 'southampton' }), 30, woman(40), ''],
    ['tip pinch, the left hand at 80: recalled', tip({ side: 'left' }), 4, woman(80), ''],
    ['key pinch: recalled', tip({ kind: 'pinch_key' }), 7, woman(40), ''],
    ['palmar pinch: recalled', tip({ kind: 'pinch_palmar' }), 7, woman(40), ''],
    ['nine-hole peg: recalled', grip({ kind: 'nine_hole_peg', method: 'timer' }), 20, woman(40), ''],
    ['box and block: recalled', grip({ kind: 'box_and_block', method: 'count' }), 70, woman(40), ''],
  ])('%s', (_, of, value, person, expected) => {
    expect(said(of, value, person)).toBe(expected);
  });

  it('needs three trials for the mean of three', () => {
    expect(said(grip(), 30, woman(40), 2)).toBe('');
    expect(said(max(), 29.4, woman(40), 1)).toContain('tomkinson_grip');
  });
});

describe('the percentiles of Tomkinson 2025', () => {
  const rows = { male: TOMKINSON_GRIP_KGF.male, female: TOMKINSON_GRIP_KGF.female };
  it('rise within every row', () => {
    for (const row of [...rows.male, ...rows.female])
      expect(row.values, `${row.fromAge}`).toEqual([...row.values].sort((a, b) => a - b));
  });
  it('peak at 30 to 34 with 49.7 and 29.7', () => {
    const medians = (all: typeof rows.male) => all.map(({ values }) => values[5] ?? 0);
    expect(Math.max(...medians(rows.male))).toBe(49.7);
    expect(Math.max(...medians(rows.female))).toBe(29.7);
    expect(rows.male.find(({ fromAge }) => fromAge === 30)?.values[5]).toBe(49.7);
    expect(rows.female.find(({ fromAge }) => fromAge === 30)?.values[5]).toBe(29.7);
  });
  it('are higher of men, cell by cell', () => {
    rows.male.forEach((row, index) => {
      row.values.forEach((value, column) => {
        expect(value).toBeGreaterThan(rows.female[index]?.values[column] ?? Number.NaN);
      });
    });
  });
  it('never fall where somebody is stronger', () => {
    const value = fc.double({ min: 0, max: 90, noNaN: true });
    const above = (kgf: number, age: number) => {
      const reading = normsOf({ of: max(), value: kgf, trials: 3 }, man(age))[0]?.reading;
      return reading?.what === 'percentile' ? (reading.above ?? 0) : Number.NaN;
    };
    fc.assert(
      fc.property(value, value, fc.integer({ min: 20, max: 110 }), (a, b, age) => {
        expect(above(Math.max(a, b), age)).toBeGreaterThanOrEqual(above(Math.min(a, b), age));
      }),
    );
  });
});

it('an age is that of the year, and unknown without a year of birth', () => {
  expect(ageInYear(1968, '2026-11-23')).toBe(58);
  expect(ageInYear(null, '2026-11-23')).toBeNull();
});
