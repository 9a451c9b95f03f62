import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dose } from './dose';
import { type Prescribed, raisedLineages, raisesDose } from './raise';
import type { Schedule } from './schedule';

const daily = (times: number): Schedule => ({ v: 1, kind: 'per_day', times, days: null });
const DOSE: Dose = {
  sets: 2,
  repsMin: 8,
  repsMax: 10,
  holdSeconds: 3,
  restSeconds: 30,
  tempo: { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 },
  load: { kind: 'putty', brand: 'Soft Co', level: 2, kgf: null, percent: null },
  effortTarget: 4,
  painLimit: 3,
  schedule: daily(2),
};
const load = (change: Partial<Dose['load']>) => ({ load: { ...DOSE.load, ...change } });
const tempo = (change: Partial<Dose['tempo']>) => ({ tempo: { ...DOSE.tempo, ...change } });
const NONE = { kind: 'none', brand: null, level: null, kgf: null, percent: null } as const;
const every = (hours: number): Schedule => ({ v: 1, kind: 'every_hours', hours, fromMinute: 480, untilMinute: 1200 });

/** The change, whether it raises, and whether going back raises: both, where they cannot be compared. */
const CHANGES: [string, Partial<Dose>, raises: boolean, backRaises: boolean][] = [
  ['one more set', { sets: 3 }, true, false],
  ['more repetitions at least', { repsMin: 9 }, true, false],
  ['more repetitions at most', { repsMax: 12 }, true, false],
  ['a longer hold', { holdSeconds: 5 }, true, false],
  ['less rest', { restSeconds: 20 }, true, false],
  ['a longer hold in the tempo', tempo({ holdSeconds: 4 }), true, false],
  ['closing quicker', tempo({ closeSeconds: 1 }), true, false],
  ['opening quicker', tempo({ openSeconds: 1.5 }), true, false],
  ['the next putty', load({ level: 3 }), true, false],
  ['another brand of the same number', load({ brand: 'Other' }), true, true],
  ['another kind of load', load({ kind: 'band' }), true, true],
  ['no load', { load: NONE }, false, true],
  ['a force that nobody measured before', load({ kgf: 2 }), true, true],
  ['a softer putty, measured now', load({ level: 1, kgf: 2 }), false, true],
  ['more effort', { effortTarget: 5 }, true, false],
  ['no effort named', { effortTarget: null }, true, true],
  ['pain allowed further', { painLimit: 4 }, true, false],
  ['no limit of its own', { painLimit: null }, true, false],
  ['once more a day', { schedule: daily(3) }, true, false],
  ['on three days only', { schedule: { v: 1, kind: 'per_day', times: 2, days: [1, 3, 5] } }, false, true],
  ['more on fewer days', { schedule: { v: 1, kind: 'per_day', times: 4, days: [1] } }, true, true],
  ['every other day', { schedule: { v: 1, kind: 'every_days', days: 2, anchorOn: '2026-01-01' } }, false, true],
  ['every two hours', { schedule: every(2) }, true, false],
  ['more sets of fewer repetitions', { sets: 3, repsMin: 4, repsMax: 5 }, true, true],
];

describe('a dose is raised', () => {
  it.each(CHANGES)('%s', (_, change, isRaised, backRaises) => {
    const changed = { ...DOSE, ...change };
    expect([raisesDose(DOSE, changed), raisesDose(changed, DOSE)]).toEqual([isRaised, backRaises]);
  });

  it('by less time between the sittings of as many', () => {
    const four = (hours: number, untilMinute: number) => ({ ...every(hours), untilMinute }) as Schedule;
    const [slow, quick] = [four(4, 1200), four(2, 840)];
    expect(raisesDose({ ...DOSE, schedule: slow }, { ...DOSE, schedule: quick })).toBe(true);
    expect(raisesDose({ ...DOSE, schedule: quick }, { ...DOSE, schedule: slow })).toBe(false);
  });
});

const upTo10 = fc.integer({ min: 1, max: 10 });
const seconds = fc.integer({ min: 0, max: 60 });
const aDose: fc.Arbitrary<Dose> = fc
  .record({
    ...{ sets: upTo10, repsMin: upTo10, repsMax: upTo10, holdSeconds: seconds, restSeconds: seconds },
    tempo: fc.record({ closeSeconds: seconds, holdSeconds: seconds, openSeconds: seconds }),
    load: fc.record({
      kind: fc.constantFrom('putty' as const, 'band' as const, 'none' as const),
      brand: fc.constantFrom(null, 'A', 'B'),
      level: fc.option(upTo10),
      kgf: fc.option(upTo10),
      percent: fc.constant(null),
    }),
    effortTarget: fc.option(upTo10),
    painLimit: fc.option(upTo10),
    schedule: fc.oneof(
      upTo10.map(daily),
      fc.integer({ min: 1, max: 12 }).map(every),
      fc
        .integer({ min: 2, max: 14 })
        .map((days) => ({ v: 1, kind: 'every_days', days, anchorOn: '2026-01-01' }) as const),
    ),
  })
  .map((dose) => ({ ...dose, repsMax: Math.max(dose.repsMin, dose.repsMax) }));

describe('for any dose', () => {
  it('the same again is not more', () => {
    fc.assert(fc.property(aDose, (dose) => !raisesDose(dose, structuredClone(dose))));
  });

  it('of two that differ in how much is asked, one way or the other is more', () => {
    // Where neither is, they ask the same: nobody goes from one to the other and back and has been asked nothing for more.
    fc.assert(
      fc.property(aDose, aDose, (one, other) => {
        const asks = ({
          sets,
          repsMin,
          repsMax,
          holdSeconds,
          restSeconds,
          tempo: { closeSeconds, openSeconds },
        }: Dose) => [sets, repsMin, repsMax, holdSeconds, restSeconds, closeSeconds, openSeconds].join();
        return asks(one) === asks(other) || raisesDose(one, other) || raisesDose(other, one);
      }),
    );
  });

  it('less of anything is not more, and going back is', () => {
    const less = fc.tuple(seconds, seconds, seconds, seconds, seconds);
    fc.assert(
      fc.property(aDose, less, (dose, [sets, reps, hold, rest, slower]) => {
        const { repsMin, repsMax, tempo } = dose;
        const lowered: Dose = {
          ...dose,
          sets: Math.max(1, dose.sets - sets),
          ...{ repsMin: Math.max(1, repsMin - reps), repsMax: Math.max(1, repsMax - reps) },
          ...{ holdSeconds: Math.max(0, dose.holdSeconds - hold), restSeconds: dose.restSeconds + rest },
          tempo: { ...tempo, closeSeconds: tempo.closeSeconds + slower },
        };
        const isSame = JSON.stringify(lowered) === JSON.stringify(dose);
        return !raisesDose(dose, lowered) && raisesDose(lowered, dose) === !isSame;
      }),
    );
  });
});

describe('a program asks more', () => {
  const one: Prescribed = {
    ...{ lineageId: 'a', exerciseVersionId: 'v1', side: 'right', fromOn: '2026-01-10', untilOn: '2026-02-10' },
    dose: DOSE,
  };
  const asked = (change: Partial<Prescribed>) => raisedLineages([one], [{ ...one, ...change }]);

  it.each<[string, Partial<Prescribed>, boolean]>([
    ['nothing changed', {}, false],
    ['a dose raised', { dose: { ...DOSE, sets: 3 } }, true],
    ['a dose lowered', { dose: { ...DOSE, sets: 1 } }, false],
    ['another exercise in its place', { exerciseVersionId: 'v2' }, true],
    ['the other hand', { side: 'left' }, true],
    ['both hands', { side: 'both' }, true],
    ['from an earlier day', { fromOn: '2026-01-09' }, true],
    ['from now on', { fromOn: null }, true],
    ['from a later day', { fromOn: '2026-01-11' }, false],
    ['until a later day', { untilOn: '2026-02-11' }, true],
    ['without an end', { untilOn: null }, true],
    ['until an earlier day', { untilOn: '2026-02-09' }, false],
  ])('%s', (_, change, isMore) => {
    expect(asked(change)).toEqual(isMore ? ['a'] : []);
  });

  it('by an exercise that is new, not by one that is gone', () => {
    const other = { ...one, lineageId: 'b' };
    expect(raisedLineages([one], [one, other])).toEqual(['b']);
    expect(raisedLineages([one, other], [other])).toEqual([]);
    expect(raisedLineages([], [one])).toEqual(['a']);
  });
});
