import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORCE_UNITS, type ForceUnit, forceDoubt, forceFrom, forceToKgf } from './units';

describe('strength in units', () => {
  it.each<[number, ForceUnit, number]>([
    // Standard gravity 9.80665 m/s², international pound 0.45359237 kg.
    [1, 'kgf', 1],
    [9.806_65, 'N', 1],
    [98.0665, 'N', 10],
    [1, 'lb', 0.454],
    [26.4, 'lb', 11.975],
    [117.4, 'N', 11.971],
    [0, 'lb', 0],
  ])('%f %s is %f kgf', (value, unit, kgf) => {
    expect(forceToKgf(value, unit)).toBe(kgf);
  });

  it('reads a tenth back as it was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(...FORCE_UNITS), (tenths, unit) => {
        const typed = tenths / 10;
        expect(Math.round(forceFrom(forceToKgf(typed, unit), unit) * 10) / 10).toBe(typed);
      }),
    );
  });
});

describe('a doubt about the unit', () => {
  it.each<[string, number, ForceUnit, number | null, ForceUnit | null]>([
    ['12 N after 12 kgf: kilograms', 12, 'N', 12, 'kgf'],
    ['12 kgf after 1.2 kgf: newtons', 12, 'kgf', 1.2, 'N'],
    ['26 kgf after 12 kgf: pounds', 26, 'kgf', 12, 'lb'],
    ['5 lb after 5 kgf: kilograms', 5, 'lb', 5, 'kgf'],
    ['118 kgf after 12 kgf: newtons', 118, 'kgf', 12, 'N'],
    ['12 kgf after 12 kgf', 12, 'kgf', 12, null],
    ['twice as much is a change', 24, 'kgf', 12, null],
    ['half as much is a change', 6, 'kgf', 12, null],
    ['no unit makes 0.2 of it', 0.2, 'kgf', 12, null],
    ['nothing to compare with', 12, 'N', null, null],
    ['a hand that could not squeeze last time', 12, 'N', 0, null],
    ['a hand that cannot squeeze now', 0, 'kgf', 12, null],
  ])('%s', (_, typed, unit, last, meant) => {
    expect(forceDoubt(typed, unit, last)?.meant ?? null).toBe(meant);
  });

  const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
  it('never asks where the value is near the last one', () => {
    fc.assert(
      fc.property(
        positive,
        fc.double({ min: 0.55, max: 1.9, noNaN: true }),
        fc.constantFrom(...FORCE_UNITS),
        (last, ratio, unit) => {
          expect(forceDoubt(forceFrom(last * ratio, unit), unit, last)).toBeNull();
        },
      ),
    );
  });
  it('asks for a unit that brings it near, and for no other', () => {
    fc.assert(
      fc.property(positive, positive, fc.constantFrom(...FORCE_UNITS), (typed, last, unit) => {
        const doubt = forceDoubt(typed, unit, last);
        if (!doubt) return;
        expect(doubt.meant).not.toBe(unit);
        const ratio = doubt.kgf / last;
        expect(ratio).toBeGreaterThan(0.6);
        expect(ratio).toBeLessThan(1.6);
      }),
    );
  });
});
