import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filmedRate, hasGap, keptRate, lightEvery } from './clip-rate';

const every = (seconds: number, rate: number, from = 0) =>
  Array.from({ length: Math.round(seconds * rate) }, (_, n) => from + n / rate);
const roundedToMs = (times: number[]) => times.map((time) => Math.round(time * 1000) / 1000);

describe('the rate that a clip is kept at', () => {
  it.each([
    [24000 / 1001, 24],
    [24, 24],
    [25, 25],
    [30000 / 1001, 30],
    [30, 30],
    [48, 48],
    [50, 50],
    [60000 / 1001, 60],
    [60, 60],
    // Slow ones stand on a grid that loses none of their frames.
    [2, 30],
    [12, 30],
    [15, 30],
    [20, 30],
    [40, 48],
    [120, 60],
    [240, 60],
  ])('%d filmed → %d', (filmed, kept) => {
    for (const times of [every(3, filmed), roundedToMs(every(3, filmed))])
      expect(keptRate(filmedRate(times))).toEqual({ framesPerSecond: kept, dropped: filmed > 100 });
  });

  it('of a rate that varies is that of its fastest second; pauses and order do not count', () => {
    const varies = [...every(2, 15), ...every(1.2, 60, 2), ...every(2, 24, 9)];
    expect(keptRate(filmedRate([...varies].reverse())).framesPerSecond).toBe(60);
    expect(keptRate(filmedRate([...every(2, 25), ...every(2, 25, 60)])).framesPerSecond).toBe(25);
  });

  it('is 30 where nothing is known, and never outside 24 to 60', () => {
    expect([filmedRate([]), filmedRate([3]), filmedRate([3, 3])]).toEqual([null, null, null]);
    expect(keptRate(null)).toEqual({ framesPerSecond: 30, dropped: false });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 200 }), (times) => {
        const { framesPerSecond, dropped } = keptRate(filmedRate(times));
        expect([24, 25, 30, 48, 50, 60]).toContain(framesPerSecond);
        if (dropped) expect(framesPerSecond).toBe(60);
      }),
    );
  });

  it('has a copy of at most 30 for weak lines, on its own frames', () => {
    expect([24, 25, 30, 48, 50, 60].map((rate) => rate / lightEvery(rate))).toEqual([24, 25, 30, 24, 25, 30]);
  });
});

describe('a pause', () => {
  it('is a hole in the time line, not a time-lapse', () => {
    expect(hasGap([...every(1, 30), ...every(1, 30, 3)])).toBe(true);
    expect(hasGap(every(5, 30))).toBe(false);
    expect(hasGap(every(60, 0.5))).toBe(false);
    expect(hasGap([])).toBe(false);
  });
});
