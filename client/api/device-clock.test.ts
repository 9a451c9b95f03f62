import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';

const TRUE_MS = Date.UTC(2026, 10, 30, 12);
const kept = new Map<string, string>();
/** This device's clock, and the one that nobody can set. */
let wallMs = 0;
let steadyMs = 0;

beforeEach(() => {
  kept.clear();
  steadyMs = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => wallMs);
  vi.spyOn(performance, 'now').mockImplementation(() => steadyMs);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A page that is opened anew. */
async function page() {
  vi.resetModules();
  return await import('./device-clock');
}

const answer = (atMs: number) => new Response('', { headers: { date: new Date(atMs).toUTCString() } });

describe('the clock of a device', () => {
  it.each([
    ['an hour ahead', HOUR_MS],
    ['six minutes behind', -6 * MINUTE_MS],
    ['five years ahead', 5 * 365 * 24 * HOUR_MS],
    ['at zero', -TRUE_MS],
  ])('%s is put right with the first answer, and the next page knows without a line', async (_, offMs) => {
    wallMs = TRUE_MS + offMs;
    const first = await page();
    expect(first.deviceClock()).toEqual({ offsetMs: 0, isMeasured: false });
    first.hearServerTime(answer(TRUE_MS), wallMs);
    expect(Math.abs(first.deviceNow() - TRUE_MS)).toBeLessThanOrEqual(1000);
    expect(first.deviceClock().isMeasured).toBe(true);
    wallMs += MINUTE_MS;
    const next = await page();
    expect(Math.abs(next.deviceNow() - TRUE_MS - MINUTE_MS)).toBeLessThanOrEqual(1000);
    expect(next.deviceClock().isMeasured).toBe(false);
  });

  it('that is right, or off by what a line may take, is left alone', async () => {
    for (const offMs of [0, 90_000, -90_000]) {
      wallMs = TRUE_MS + offMs;
      const { hearServerTime, deviceNow } = await page();
      hearServerTime(answer(TRUE_MS), wallMs);
      expect(deviceNow()).toBe(wallMs);
    }
  });

  it('that is set right is believed again', async () => {
    wallMs = TRUE_MS + HOUR_MS;
    const { hearServerTime, deviceNow, deviceClock } = await page();
    hearServerTime(answer(TRUE_MS), wallMs);
    wallMs = TRUE_MS + MINUTE_MS;
    steadyMs = MINUTE_MS;
    // It jumped: what was measured is of another clock.
    expect(deviceClock().isMeasured).toBe(false);
    hearServerTime(answer(TRUE_MS + MINUTE_MS), wallMs);
    expect(deviceNow()).toBe(wallMs);
    expect(deviceClock()).toEqual({ offsetMs: 0, isMeasured: true });
    expect(kept.size).toBe(0);
  });

  it('that was set back since it was measured is not put right by that', async () => {
    wallMs = TRUE_MS + HOUR_MS;
    const first = await page();
    first.hearServerTime(answer(TRUE_MS), wallMs);
    wallMs = TRUE_MS - HOUR_MS;
    expect((await page()).deviceNow()).toBe(wallMs);
  });

  it('does not jump for the delay of a line, and learns nothing from an answer that took long or names no time', async () => {
    wallMs = TRUE_MS + HOUR_MS;
    const { hearServerTime, clockOffset } = await page();
    hearServerTime(answer(TRUE_MS), wallMs);
    const known = clockOffset.snapshot();
    hearServerTime(answer(TRUE_MS + 20_000), wallMs);
    hearServerTime(answer(TRUE_MS - HOUR_MS), wallMs - 40_000);
    hearServerTime(new Response(''), wallMs);
    expect(clockOffset.snapshot()).toBe(known);
  });
});
