import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cubeOf, type Rgb, toSdr } from './tone-map';

const HLG = { transfer: 'hlg', primaries: 'bt2020' } as const;
const PQ = { transfer: 'pq', primaries: 'bt2020' } as const;
const grey = (signal: number): Rgb => [signal, signal, signal];

describe('HDR on an ordinary screen', () => {
  it('has its reference white just below white (BT.2408: 75 % HLG, 58 % PQ), black at black, its peak at white', () => {
    for (const [from, white] of [
      [HLG, 0.75],
      [PQ, 0.58],
    ] as const) {
      const [r, g, b] = toSdr(grey(white), from);
      expect(r).toBeGreaterThan(0.9);
      expect(r).toBeLessThan(0.97);
      expect([g, b].every((one) => Math.abs(one - r) < 0.002)).toBe(true);
      expect(Math.max(...toSdr(grey(0), from))).toBeLessThan(0.01);
      expect(Math.min(...toSdr(grey(1), from))).toBeGreaterThan(0.99);
    }
  });

  it('is never outside, and never darker where it was brighter', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, fc.constantFrom(HLG, PQ), (r, g, b, from) => {
        for (const one of toSdr([r, g, b], from)) {
          expect(one).toBeGreaterThanOrEqual(0);
          expect(one).toBeLessThanOrEqual(1);
        }
      }),
    );
    fc.assert(
      fc.property(unit, unit, fc.constantFrom(HLG, PQ), (one, other, from) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(toSdr(grey(low), from)[0]).toBeLessThanOrEqual(toSdr(grey(high), from)[0] + 1e-9);
      }),
    );
  });

  it('leaves SDR of BT.709 as it is', () => {
    const skin: Rgb = [0.78, 0.56, 0.44];
    const seen = toSdr(skin, { transfer: 'sdr', primaries: 'bt709' });
    expect(seen.every((one, n) => Math.abs(one - (skin[n] ?? 0)) < 1e-9)).toBe(true);
  });

  it('is a table of 33 points an edge, red running fastest', () => {
    const lines = cubeOf(HLG).trim().split('\n');
    expect([lines[0], lines.length]).toEqual(['LUT_3D_SIZE 33', 33 ** 3 + 1]);
    expect(lines[2]).toBe(
      toSdr([1 / 32, 0, 0], HLG)
        .map((one) => one.toFixed(6))
        .join(' '),
    );
  });
});
