import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/time/local-day';
import {
  type Dose,
  doseChanges,
  doseSchema,
  estimateSeconds,
  isStrengthening,
  LOAD_PARTS,
  type Load,
  loadKindSchema,
  loadSchema,
  newLoad,
  publishIssues,
  strengtheningNeedsReason,
  withLoadPart,
} from './dose';
import { EXERCISE_CATEGORIES } from './exercise';

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

describe('loadSchema', () => {
  it.each<[Partial<Load>, boolean]>([
    [{ kind: 'none' }, true],
    [{ kind: 'none', level: 1 }, false],
    [{ kind: 'none', kgf: 1 }, false],
    [{ kind: 'none', brand: 'A' }, false],
    [{ kind: 'putty', brand: 'A', level: 1 }, true],
    [{ kind: 'putty', level: 12 }, true],
    [{ kind: 'putty', level: 13 }, false],
    [{ kind: 'putty', level: 0 }, false],
    [{ kind: 'putty', brand: '' }, false],
    [{ kind: 'putty', brand: 'A\0' }, false],
    [{ kind: 'weight', kgf: 0.5 }, true],
    [{ kind: 'weight', kgf: 0 }, false],
    [{ kind: 'weight', kgf: 100.5 }, false],
    [{ kind: 'effort', percent: 30 }, true],
    [{ kind: 'effort', percent: 0 }, false],
    [{ kind: 'effort', percent: 1 }, true],
    [{ kind: 'putty', brand: 'a'.repeat(60) }, true],
    [{ kind: 'putty', brand: 'a'.repeat(61) }, false],
    [{ kind: 'effort', percent: 101 }, false],
    [{ kind: 'putty', percent: 30 }, false],
  ])('%j: %s', (change, valid) => {
    expect(loadSchema.safeParse(load(change)).success).toBe(valid);
  });
});

describe('a part of a load', () => {
  it('is said anew and leaves the others', () => {
    const putty = load({ kind: 'putty', brand: 'A', level: 2 });
    expect(withLoadPart(putty, 'kgf', 1.5)).toEqual({ ...putty, kgf: 1.5 });
    expect(withLoadPart(putty, 'level', null)).toEqual({ ...putty, level: null });
  });

  it('takes what its kind does not have with it: a weight has kilograms and no level', () => {
    const weight = withLoadPart(load({ kind: 'weight', kgf: 0.5, level: 1, brand: 'A' }), 'kgf', 0.75);
    expect(weight).toEqual(load({ kind: 'weight', kgf: 0.75 }));
  });

  it('exists in every kind that is a load, and makes a load that is valid', () => {
    for (const kind of loadKindSchema.options) {
      expect(loadSchema.safeParse(newLoad(kind)).success).toBe(true);
      expect(LOAD_PARTS[kind].length > 0).toBe(kind !== 'none');
    }
    expect(LOAD_PARTS.weight).toEqual(['kgf']);
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
