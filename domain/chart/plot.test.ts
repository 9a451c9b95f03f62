import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { linePaths, niceMax, scaleY } from './plot';

test.each([
  [0, 10, 100, 100],
  [10, 10, 100, 0],
  [2.5, 10, 100, 75],
  [-3, 10, 100, 100],
  [12, 10, 100, 0],
  [5, 0, 100, 100],
  [5, -1, 100, 100],
])('%d of %d lies at %d px high: y = %d', (value, max, height, y) => {
  expect(scaleY(value, max, height)).toBe(y);
});

describe('a line over time', () => {
  const box = { width: 100, height: 50, max: 10 };
  const points = (...values: (number | null)[]) => values.map((value, i) => ({ atMs: 1000 + i * 1000, value }));

  it('goes from the first to the last instant', () => {
    expect(linePaths(points(0, 10, 5), box)).toEqual(['M0.0 50.0 L50.0 0.0 L100.0 25.0']);
  });

  it('stands where the time stands', () => {
    const uneven = [
      { atMs: 0, value: 0 },
      { atMs: 250, value: 0 },
      { atMs: 1000, value: 0 },
    ];
    expect(linePaths(uneven, box)).toEqual(['M0.0 50.0 L25.0 50.0 L100.0 50.0']);
  });

  it('breaks where a value is unknown, and shows a value that stands alone as a dot', () => {
    expect(linePaths(points(10, 10, null, 0, null, 5, 5), box)).toEqual([
      'M0.0 0.0 L16.7 0.0',
      'M50.0 50.0 h0.01',
      'M83.3 25.0 L100.0 25.0',
    ]);
  });

  it('is nothing where nothing is known', () => {
    expect(linePaths([], box)).toEqual([]);
    expect(linePaths(points(null, null), box)).toEqual([]);
  });

  it('has one point at the left where all is of one instant', () => {
    expect(linePaths([{ atMs: 5000, value: 10 }], box)).toEqual(['M0.0 0.0 h0.01']);
  });
});

test.each([
  [[], 1],
  [[null], 1],
  [[0, 1], 1],
  [[1.5], 2],
  [[2], 2],
  [[3], 5],
  [[7, null, 2], 10],
  [[10], 10],
  [[11], 20],
  [[60], 100],
  [[120, 4], 200],
  [[501], 1000],
])('the scale for %j ends at %d', (values, max) => {
  expect(niceMax(values)).toBe(max);
});

test('no value lies above the scale, and the scale is less than three times as high', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
      const largest = Math.max(...values);
      const max = niceMax(values);
      expect(max).toBeGreaterThanOrEqual(largest);
      if (largest > 1) expect(max).toBeLessThan(largest * 3);
    }),
  );
});
