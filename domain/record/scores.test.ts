import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prweScore, psfsChange, psfsScore, quickDashChange, quickDashModuleScore, quickDashScore } from './scores';

const of = (answer: number | null, count: number): (number | null)[] => Array.from({ length: count }, () => answer);

describe('PSFS (Stratford 1995): the mean of own activities', () => {
  it.each<[(number | null)[], number | null]>([
    [[2, 3, 4], 3],
    [[0, 0, 0], 0],
    [[10, 10, 10, 10, 10], 10],
    [[3, 4, 4], 3.7],
    [[3, null, 4], 3.5],
    [[5], 5],
    [[null, null, null], null],
    [[], null],
    [[3, 11, 4], null],
    [[3, -1, 4], null],
    [[1, 2, 3, 4, 5, 6], null],
  ])('%j: %s', (ratings, mean) => {
    expect(psfsScore(ratings)?.mean ?? null).toBe(mean);
  });
  it('says of how many', () => {
    expect(psfsScore([3, null, 4])?.activities).toBe(2);
  });
  it.each<[string, (number | null)[], (number | null)[], number | null]>([
    // Hand fractures 3.2 to 8.1 (rehabmeasures 890).
    ['all three', [3, 3, 4], [8, 8, 8], 4.7],
    ['what was not rated again is no progress', [0, 5, 5], [null, 6, 6], 1],
    ['a new one has nothing to compare with', [5, 5], [5, 5, 0], 0],
    ['nothing twice', [5, null], [null, 5], null],
    ['worse', [5, 5, 5], [4, 4, 4], -1],
  ])('change: %s', (_, first, last, points) => {
    expect(psfsChange(first, last)?.points ?? null).toBe(points);
  });
});

it.each<[number, boolean]>([
  // 95 % detectable change in arthritis of the hand: 1.56 points.
  [1.5, false],
  [1.6, true],
])('a PSFS that is %f better is more than measuring error: %s', (points, isMore) => {
  expect(psfsChange([4], [4 + points])?.isMoreThanError).toBe(isMore);
});

it.each<[number, number, number, boolean]>([
  [60, 46, -14, true],
  [60, 46.1, -13.9, false],
  [40, 54, 14, true],
])('QuickDASH %f to %f is %f, and matters: %s', (first, last, points, isImportant) => {
  expect(quickDashChange(first, last)).toEqual({ points, isImportant });
});

describe('QuickDASH: ((sum / answered) − 1) × 25, at least 10 of 11', () => {
  it.each<[string, (number | null)[], number | null]>([
    ['no difficulty', of(1, 11), 0],
    ['unable', of(5, 11), 100],
    ['all middle', of(3, 11), 50],
    ['28 points of 11', [3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2], 38.6],
    ['one open', [null, ...of(3, 10)], 50],
    ['two open', [null, null, ...of(3, 9)], null],
    ['an answer 0', [0, ...of(3, 10)], null],
    ['an answer 6', [6, ...of(3, 10)], null],
    ['half an answer', [2.5, ...of(3, 10)], null],
    ['ten items', of(3, 10), null],
    ['twelve', of(3, 12), null],
  ])('%s', (_, answers, score) => {
    expect(quickDashScore(answers)).toBe(score);
  });
  it.each<[(number | null)[], number | null]>([
    [[1, 1, 1, 1], 0],
    [[5, 5, 5, 5], 100],
    [[2, 3, 2, 3], 37.5],
    [[2, 3, 2, null], null],
  ])('module %j: %s', (answers, score) => {
    expect(quickDashModuleScore(answers)).toBe(score);
  });
});

describe('PRWE and PRWHE (MacDermid 1998): pain + function / 2', () => {
  type Case = [string, (number | null)[], (number | null)[], [number, number, number, number] | null];
  it.each<Case>([
    ['no pain, no difficulty', of(0, 5), of(0, 10), [0, 0, 0, 0]],
    ['the worst', of(10, 5), of(10, 10), [50, 50, 100, 0]],
    ['pain 20, function 30', of(4, 5), of(6, 10), [20, 30, 50, 0]],
    ['an odd sum is halved', of(4, 5), [7, ...of(6, 9)], [20, 30.5, 50.5, 0]],
    ['one of pain open takes the mean', [null, 4, 4, 4, 4], of(6, 10), [20, 30, 50, 1]],
    ['three of function open', of(4, 5), [null, null, null, ...of(6, 7)], [20, 30, 50, 3]],
    ['half of function open', of(4, 5), [...of(null, 5), ...of(6, 5)], null],
    ['three of pain open', [null, null, null, 4, 4], of(6, 10), null],
    ['an 11', [11, 4, 4, 4, 4], of(6, 10), null],
    ['fourteen items', of(4, 4), of(6, 10), null],
  ])('%s', (_, pain, all, expected) => {
    const score = prweScore({ pain, function: all });
    expect(score ? [score.pain, score.function, score.total, score.missing] : null).toEqual(expected);
  });
});

it('scores stay on their scales, whatever is answered', () => {
  const answers = (count: number, min: number, max: number) =>
    fc.array(fc.option(fc.integer({ min, max })), { minLength: count, maxLength: count });
  fc.assert(
    fc.property(answers(11, 1, 5), answers(5, 0, 10), answers(10, 0, 10), (dash, pain, all) => {
      for (const score of [quickDashScore(dash), prweScore({ pain, function: all })?.total ?? null]) {
        expect(score === null || (score >= 0 && score <= 100)).toBe(true);
      }
    }),
  );
});
