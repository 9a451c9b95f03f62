import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/time/local-day';
import { EXERCISE_CATEGORIES } from './exercise';
import type { Load } from './load';
import { isStrengthening, publishIssues, strengtheningNeedsReason } from './publishing';

const NO_LOAD: Load = { kind: 'none', brand: null, level: null, kgf: null, percent: null };
const load = (more: Partial<Load>): Load => ({ ...NO_LOAD, ...more });

describe('isStrengthening', () => {
  it.each(EXERCISE_CATEGORIES)('%s without a load', (category) => {
    expect(isStrengthening(category, NO_LOAD)).toBe(['isometric', 'putty', 'pinch'].includes(category));
  });
  it.each(['putty', 'band', 'gripper', 'weight', 'effort'] as const)('range of motion against %s', (kind) => {
    expect(isStrengthening('range_of_motion', { kind })).toBe(true);
  });
});

describe('strengthening after surgery', () => {
  const surgeryOn = '2026-09-01';
  const needs = (days: number, category: 'putty' | 'tendon_glide' = 'putty') =>
    strengtheningNeedsReason({ surgeryOn, onDay: addDays(surgeryOn, days), category, load: NO_LOAD });
  it.each([
    [-1, false],
    [0, true],
    [1, true],
    [83, true],
    [84, false],
    [200, false],
  ])('on day %i: %s', (days, expected) => {
    expect(needs(days)).toBe(expected);
  });
  it('never for gentle movement, never without surgery', () => {
    expect(needs(10, 'tendon_glide')).toBe(false);
    expect(strengtheningNeedsReason({ surgeryOn: null, onDay: surgeryOn, category: 'putty', load: NO_LOAD })).toBe(
      false,
    );
  });
});

describe('publishIssues', () => {
  const surgeryOn = '2026-09-01';
  const putty = {
    lineageId: 'putty',
    category: 'putty' as const,
    load: load({ kind: 'putty' }),
    fromOn: null,
    untilOn: null,
    overrideReason: null,
  };
  const lineages = (
    change: Partial<Parameters<typeof publishIssues>[0][number]>,
    day: string,
    surgery: string | null = surgeryOn,
  ) => publishIssues([{ ...putty, ...change }], { surgeryOn: surgery }, day).map(({ lineageId }) => lineageId);

  it.each([
    ['within 12 weeks', {}, '2026-11-23', ['putty']],
    ['after 12 weeks', {}, '2026-11-24', []],
    ['starts after 12 weeks', { fromOn: '2026-11-24' }, '2026-10-01', []],
    ['starts within', { fromOn: '2026-11-23' }, '2026-10-01', ['putty']],
    ['a first day in the past', { fromOn: '2026-10-01' }, '2026-11-24', []],
    ['with a reason', { overrideReason: 'Surgeon agreed 20 October' }, '2026-10-01', []],
    ['with a blank reason', { overrideReason: '  \n' }, '2026-10-01', ['putty']],
    ['gentle movement', { category: 'range_of_motion' as const, load: NO_LOAD }, '2026-10-01', []],
    ['runs into a surgery to come', {}, '2026-08-01', ['putty']],
    ['ends before the surgery', { untilOn: '2026-08-31' }, '2026-08-01', []],
    ['ends on the day of surgery', { untilOn: '2026-09-01' }, '2026-08-01', ['putty']],
    ['has already ended', { untilOn: '2026-09-20' }, '2026-10-01', []],
  ])('%s', (_, change, day, expected) => {
    expect(lineages(change, day)).toEqual(expected);
  });

  it('asks nothing without surgery', () => {
    expect(lineages({}, '2026-10-01', null)).toEqual([]);
  });

  it('keeps the order and names rule, day and weeks', () => {
    const list = [
      { ...putty, lineageId: 'b' },
      { ...putty, lineageId: 'gentle', category: 'mirror' as const, load: NO_LOAD },
      { ...putty, lineageId: 'a' },
    ];
    expect(publishIssues(list, { surgeryOn }, '2026-10-01')).toEqual(
      ['b', 'a'].map((lineageId) => ({
        lineageId,
        rule: 'strengthening_after_surgery',
        onDay: '2026-10-01',
        key: 'dose.issue.strengtheningAfterSurgery',
        values: { weeks: 12 },
      })),
    );
  });
});
