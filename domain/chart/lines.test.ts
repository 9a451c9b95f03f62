import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceScale, spanOf, spreadLabels } from './lines';

describe('a scale', () => {
  it.each<[number[], { min: number; max: number } | null, number[]]>([
    [[42, 66, 37, 57], null, [30, 40, 50, 60, 70]],
    [[9.5, 13.1], null, [9, 10, 11, 12, 13, 14]],
    [[3], { min: 0, max: 10 }, [0, 5, 10]],
    [[], null, [0, 0.5, 1]],
    [[60], null, [50, 55, 60, 65, 70]],
    [[60, 60 + 1e-12], null, [50, 55, 60, 65, 70]],
  ])('%j in %j has the ticks %j', (values, whole, ticks) => {
    expect(niceScale(values, whole).ticks).toEqual(ticks);
  });
  it('makes no mountain of what is measured to the kilogram', () => {
    expect(niceScale([6.9, 7.1], null, 1).ticks).toEqual([6, 7, 8]);
  });
  it('holds every value between its ends, with few ticks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -90, max: 400, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (values) => {
          const { min, max, ticks } = niceScale(values);
          expect(min).toBeLessThanOrEqual(Math.min(...values) + 1e-9);
          expect(max).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9);
          expect(max).toBeGreaterThan(min);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThan(8);
        },
      ),
    );
  });
});

describe('labels at the ends of lines', () => {
  it('stay where they are when they have room', () => {
    expect(spreadLabels([10, 60], 16, 100)).toEqual([10, 60]);
  });
  it('give way, each by its order', () => {
    expect(spreadLabels([50, 52], 16, 100)).toEqual([50, 66]);
    expect(spreadLabels([99, 98], 16, 100)).toEqual([100, 84]);
  });
  it('never lie on each other, where there is room for all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 8 }), (wanted) => {
        const placed = [...spreadLabels(wanted, 16, 200)].sort((a, b) => a - b);
        placed.slice(1).forEach((at, index) => {
          expect(at - (placed[index] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9);
        });
        expect(placed.every((at) => at <= 200)).toBe(true);
      }),
    );
  });
});

it('one instant has a day on each side', () => {
  expect(spanOf([[{ atMs: 1_000_000_000, value: 1 }]])).toEqual({ fromMs: 913_600_000, untilMs: 1_086_400_000 });
});
