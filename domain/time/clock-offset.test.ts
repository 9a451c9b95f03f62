import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateClockOffset, PING_SAMPLES_KEPT, type PingSample } from './clock-offset';

/** A ping at `sentMs` to a peer whose clock is `offsetMs` ahead. */
const ping = (sentMs: number, offsetMs: number, thereMs: number, backMs: number): PingSample => ({
  sentMs,
  peerMs: sentMs + thereMs + offsetMs,
  receivedMs: sentMs + thereMs + backMs,
});

describe('the peer’s clock', () => {
  it('is unknown without a sample', () => {
    expect(estimateClockOffset([])).toBeNull();
    expect(estimateClockOffset([ping(0, 500, 10, 10)], 0)).toBeNull();
  });

  it('is exact over a line without delay', () => {
    expect(estimateClockOffset([ping(0, 500, 20, 0), ping(50, 500, 0, 0)])).toEqual({ offsetMs: 500, errorMs: 0 });
  });

  it.each([
    ['ahead', 500],
    ['behind', -500],
    ['the same', 0],
  ])('%s, over an even line, is exact', (_, offsetMs) => {
    expect(estimateClockOffset([ping(1000, offsetMs, 40, 40)])).toEqual({ offsetMs, errorMs: 40 });
  });

  it('over an uneven line is off by half the difference, within the error', () => {
    expect(estimateClockOffset([ping(1000, 500, 10, 70)])).toEqual({ offsetMs: 470, errorMs: 40 });
  });

  it('is taken from the shortest round trip', () => {
    const samples = [ping(0, 500, 200, 20), ping(100, 500, 11, 9), ping(200, 500, 30, 300)];
    expect(estimateClockOffset(samples)).toEqual({ offsetMs: 501, errorMs: 10 });
  });

  it('prefers the latest of equal ones, as clocks drift', () => {
    expect(estimateClockOffset([ping(0, 500, 10, 10), ping(100, 510, 10, 10)])?.offsetMs).toBe(510);
  });

  it('forgets the best of long ago', () => {
    expect(PING_SAMPLES_KEPT).toBe(8);
    const slow = Array.from({ length: PING_SAMPLES_KEPT }, (_, n) => ping(100 + n, 700, 50, 50));
    expect(estimateClockOffset([ping(0, 500, 1, 1), ...slow.slice(1)])?.offsetMs).toBe(500);
    expect(estimateClockOffset([ping(0, 500, 1, 1), ...slow])?.offsetMs).toBe(700);
    expect(estimateClockOffset([ping(0, 500, 1, 1), ping(10, 700, 5, 5)], 1)?.offsetMs).toBe(700);
  });

  it('ignores what cannot be: an answer before the question, or no number', () => {
    const bad = [
      { sentMs: 100, peerMs: 0, receivedMs: 99 },
      { sentMs: 100, peerMs: Number.NaN, receivedMs: 101 },
      { sentMs: Number.NaN, peerMs: 0, receivedMs: 101 },
    ];
    expect(estimateClockOffset(bad)).toBeNull();
    const many = Array.from({ length: 20 }, () => bad[0] ?? ping(0, 0, 0, 0));
    expect(estimateClockOffset([ping(0, 500, 10, 10), ...many])?.offsetMs).toBe(500);
  });

  it('lies within half the best round trip of the truth', () => {
    const delay = fc.integer({ min: 0, max: 2000 });
    const line = fc.array(fc.tuple(fc.nat(100_000), delay, delay), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), line, (trueMs, delays) => {
        const samples = delays.map(([sentMs, there, back]) => ping(sentMs, trueMs, there, back));
        const estimate = estimateClockOffset(samples);
        const bestMs = Math.min(...delays.slice(-PING_SAMPLES_KEPT).map(([, there, back]) => there + back));
        expect(estimate?.errorMs).toBe(bestMs / 2);
        expect(Math.abs((estimate?.offsetMs ?? 1e9) - trueMs)).toBeLessThanOrEqual(bestMs / 2);
      }),
    );
  });
});
