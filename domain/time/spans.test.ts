import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, merged, type Span, without } from './spans';

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -5, max: 20 }))
  .map(([from, length]): Span => ({ from, until: from + length }));
const spans = fc.array(span, { maxLength: 12 });
const isIn = (all: readonly Span[], at: number) => all.some(({ from, until }) => from <= at && at < until);
const minutes = Array.from({ length: 90 }, (_, at) => at);
const areApart = (all: readonly Span[]) =>
  all.every(({ from, until }, n) => from < until && (n === 0 || (all[n - 1]?.until ?? 0) < from));

describe('spans of time', () => {
  it('that touch are one, and none is empty', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const found = merged(all);
        expect(areApart(found)).toBe(true);
        for (const at of minutes) expect(isIn(found, at)).toBe(isIn(all, at));
      }),
    );
  });

  it('without others hold what lies in none of those', () => {
    fc.assert(
      fc.property(spans, spans, (all, taken) => {
        const left = without(all, taken);
        expect(areApart(left)).toBe(true);
        for (const at of minutes) expect(isIn(left, at)).toBe(isIn(all, at) && !isIn(taken, at));
      }),
    );
  });

  it('clipped lie within', () => {
    fc.assert(
      fc.property(spans, span, (all, within) => {
        const left = clipped(all, within);
        for (const at of minutes) expect(isIn(left, at)).toBe(isIn(all, at) && isIn([within], at));
      }),
    );
  });

  it('are left as they were', () => {
    const all = [
      { from: 0, until: 5 },
      { from: 3, until: 9 },
    ];
    merged(all);
    without(all, [{ from: 1, until: 2 }]);
    expect(all).toEqual([
      { from: 0, until: 5 },
      { from: 3, until: 9 },
    ]);
  });
});
