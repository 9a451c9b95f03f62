import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './duration';
import { waited } from './waited';

describe('how long somebody has waited', () => {
  it.each([
    [-5 * MINUTE_MS, 'minute', 0],
    [0, 'minute', 0],
    [HOUR_MS - 1, 'minute', 59],
    [HOUR_MS, 'hour', 1],
    [2 * DAY_MS - 1, 'hour', 47],
    [2 * DAY_MS, 'day', 2],
  ] as const)('%i ms are %s %i', (ms, unit, count) => {
    expect(waited(1_000_000_000_000, 1_000_000_000_000 + ms)).toEqual({ unit, count });
  });

  it('never says more than it was, and less by under one unit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 * DAY_MS }), (ms) => {
        const { unit, count } = waited(0, ms);
        const size = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS }[unit];
        expect(count * size).toBeLessThanOrEqual(ms);
        expect((count + 1) * size).toBeGreaterThan(ms);
      }),
    );
  });
});
