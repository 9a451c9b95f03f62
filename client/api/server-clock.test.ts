import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock';

/** A server whose clock is ahead by `aheadMs`; each answer takes a time there and a time back. */
function clockOf(aheadMs: number, trips: readonly [there: number, back: number][]) {
  let nowMs = 1_000_000;
  const left = [...trips];
  const ask = async () => {
    const trip = left.shift();
    if (!trip) throw new Error('the server does not answer');
    nowMs += trip[0];
    const answer = { nowMs: nowMs + aheadMs };
    nowMs += trip[1];
    return answer;
  };
  return { clock: new ServerClock({ ask, now: () => nowMs }), now: () => nowMs };
}

describe('the server’s clock', () => {
  it('is one’s own until the server answered', async () => {
    const { clock, now } = clockOf(5000, []);
    expect(clock.now()).toBe(now());
    await clock.measure();
    expect(clock.now()).toBe(now());
  });

  it('is known by the quickest answer, not by the last or the mean', async () => {
    const { clock, now } = clockOf(90_000, [
      [400, 20],
      [3, 3],
      [900, 10],
      [10, 700],
      [50, 5],
    ]);
    await clock.measure();
    expect(clock.now() - now()).toBe(90_000);
    expect(clock.offset().errorMs).toBe(3);
  });

  it('keeps what it knows when the server stops answering', async () => {
    const { clock, now } = clockOf(-4000, [[2, 2]]);
    await clock.measure();
    await clock.measure();
    expect(clock.now() - now()).toBe(-4000);
  });
});
