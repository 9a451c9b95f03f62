import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dose, doseChanges, doseSchema, estimateSeconds } from './dose';
import type { Load } from './load';

const NO_LOAD: Load = { kind: 'none', brand: null, level: null, kgf: null, percent: null };
const load = (more: Partial<Load>): Load => ({ ...NO_LOAD, ...more });
const DOSE: Dose = {
  sets: 2,
  repsMin: 10,
  repsMax: 10,
  holdSeconds: 5,
  restSeconds: 60,
  tempo: { closeSeconds: 2, holdSeconds: 1, openSeconds: 3 },
  load: NO_LOAD,
  effortTarget: null,
  painLimit: null,
  schedule: { v: 1, kind: 'per_day', times: 2, days: null },
};
const dose = (more: Partial<Dose> = {}): Dose => ({ ...DOSE, ...more });

const doses = fc
  .record({
    sets: fc.integer({ min: 1, max: 10 }),
    reps: fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })),
    holdSeconds: fc.integer({ min: 0, max: 600 }),
    restSeconds: fc.integer({ min: 0, max: 600 }),
    effortTarget: fc.option(fc.integer({ min: 0, max: 10 })),
    tempo: fc.record({
      closeSeconds: fc.integer({ min: 0, max: 60 }),
      holdSeconds: fc.integer({ min: 0, max: 60 }),
      openSeconds: fc.integer({ min: 0, max: 60 }),
    }),
  })
  .map(({ reps: [a, b], ...rest }) => dose({ ...rest, repsMin: Math.min(a, b), repsMax: Math.max(a, b) }));

describe('doseSchema', () => {
  it.each<[string, Partial<Record<keyof Dose, unknown>>, boolean]>([
    ['as it stands', {}, true],
    ['1 set', { sets: 1 }, true],
    ['10 sets', { sets: 10 }, true],
    ['0 sets', { sets: 0 }, false],
    ['11 sets', { sets: 11 }, false],
    ['2.5 sets', { sets: 2.5 }, false],
    ['reps 1–100', { repsMin: 1, repsMax: 100 }, true],
    ['reps 0', { repsMin: 0 }, false],
    ['reps 101', { repsMax: 101 }, false],
    ['reps turned round', { repsMin: 11, repsMax: 10 }, false],
    ['hold 0', { holdSeconds: 0 }, true],
    ['hold 600', { holdSeconds: 600 }, true],
    ['hold 601', { holdSeconds: 601 }, false],
    ['hold −1', { holdSeconds: -1 }, false],
    ['rest 0', { restSeconds: 0 }, true],
    ['rest 600', { restSeconds: 600 }, true],
    ['rest 601', { restSeconds: 601 }, false],
    ['tempo 60', { tempo: { closeSeconds: 60, holdSeconds: 0, openSeconds: 0.5 } }, true],
    ['tempo 61', { tempo: { closeSeconds: 61, holdSeconds: 0, openSeconds: 0 } }, false],
    ['tempo −1', { tempo: { closeSeconds: 0, holdSeconds: 0, openSeconds: -1 } }, false],
    ['effort 0', { effortTarget: 0 }, true],
    ['effort 11', { effortTarget: 11 }, false],
    ['limit 10', { painLimit: 10 }, true],
    ['limit −1', { painLimit: -1 }, false],
    ['no schedule', { schedule: null }, false],
  ])('%s: %s', (_, change, valid) => {
    expect(doseSchema.safeParse({ ...DOSE, ...change }).success).toBe(valid);
  });

  it('reads a prescriptions row and drops the rest of it', () => {
    expect(doseSchema.parse({ ...DOSE, id: 'x', side: 'left' })).toEqual(DOSE);
  });
});

describe('doseChanges', () => {
  it.each<[string, Partial<Dose>, unknown[]]>([
    ['nothing', {}, []],
    ['a hold', { holdSeconds: 8 }, [{ field: 'holdSeconds', before: 5, after: 8 }]],
    ['a limit set', { painLimit: 4 }, [{ field: 'painLimit', before: null, after: 4 }]],
    [
      'one leg of the tempo',
      { tempo: { ...DOSE.tempo, openSeconds: 4 } },
      [{ field: 'tempo.openSeconds', before: 3, after: 4 }],
    ],
    [
      'a load',
      { load: load({ kind: 'putty', level: 1 }) },
      [
        { field: 'load.kind', before: 'none', after: 'putty' },
        { field: 'load.level', before: null, after: 1 },
      ],
    ],
    [
      'days of the week',
      { schedule: { v: 1, kind: 'per_day', times: 2, days: [3, 1] } },
      [{ field: 'schedule.days', before: null, after: '1,3' }],
    ],
    [
      'another kind of schedule',
      { schedule: { v: 1, kind: 'every_days', days: 2, anchorOn: '2026-11-24' } },
      [
        { field: 'schedule.kind', before: 'per_day', after: 'every_days' },
        { field: 'schedule.times', before: 2, after: null },
        { field: 'schedule.days', before: null, after: 2 },
        { field: 'schedule.anchorOn', before: null, after: '2026-11-24' },
      ],
    ],
  ])('%s', (_, change, expected) => {
    expect(doseChanges(DOSE, dose(change))).toEqual(expected);
  });

  it('the order of weekdays is no change', () => {
    const on = (days: number[]) => dose({ schedule: { v: 1, kind: 'per_day', times: 1, days } });
    expect(doseChanges(on([5, 1, 3]), on([1, 3, 5]))).toEqual([]);
  });

  it('says what it says backwards, and nothing about itself', () => {
    fc.assert(
      fc.property(doses, doses, (a, b) => {
        expect(doseChanges(a, a)).toEqual([]);
        const back = doseChanges(b, a).map(({ field, before, after }) => ({ field, before: after, after: before }));
        expect(back).toEqual(doseChanges(a, b));
      }),
    );
  });
});

describe('estimateSeconds', () => {
  it.each<[string, Partial<Dose>, number]>([
    ['the hold is longer than the tempo', {}, 2 * 10 * (2 + 5 + 3) + 60],
    ['the tempo is longer than the hold', { holdSeconds: 0 }, 2 * 10 * (2 + 1 + 3) + 60],
    ['one set has no rest', { sets: 1 }, 100],
    ['three sets have two', { sets: 3 }, 300 + 120],
    ['the upper end of a range', { repsMin: 5, sets: 1 }, 100],
    ['at one’s own pace', { sets: 1, holdSeconds: 0, tempo: { closeSeconds: 0, holdSeconds: 0, openSeconds: 0 } }, 30],
  ])('%s', (_, change, seconds) => {
    expect(estimateSeconds(dose(change))).toBe(seconds);
  });

  it('is positive and grows with each part', () => {
    fc.assert(
      fc.property(doses, (one) => {
        const seconds = estimateSeconds(one);
        expect(seconds).toBeGreaterThan(0);
        expect(estimateSeconds({ ...one, sets: one.sets + 1 })).toBeGreaterThan(seconds);
        expect(estimateSeconds({ ...one, restSeconds: one.restSeconds + 1 })).toBe(seconds + one.sets - 1);
      }),
    );
  });
});
