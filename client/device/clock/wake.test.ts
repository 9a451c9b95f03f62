import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockOffset } from '#client/api/device-clock';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { wakeAt } from './wake';

const NOW = Date.UTC(2026, 10, 30, 23, 59);
let page = new EventTarget();

beforeEach(() => {
  clockOffset.set(0);
  page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  clockOffset.set(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a page that waits for an instant', () => {
  it('wakes when it has come, once', () => {
    const turn = vi.fn();
    wakeAt(NOW + MINUTE_MS, NOW, turn);
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(turn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(turn).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(HOUR_MS);
    expect(turn).toHaveBeenCalledTimes(1);
  });

  it('wakes at once where it has come already', () => {
    const turn = vi.fn();
    wakeAt(NOW, NOW - MINUTE_MS, turn);
    expect(turn).toHaveBeenCalledTimes(1);
  });

  it.each(['visibilitychange', 'pageshow', 'focus', 'online'])(
    'that slept, so that no timer ran, wakes with %s',
    (event) => {
      const turn = vi.fn();
      wakeAt(NOW + MINUTE_MS, NOW, turn);
      vi.setSystemTime(NOW + 8 * HOUR_MS);
      expect(turn).not.toHaveBeenCalled();
      page.dispatchEvent(new Event(event));
      expect(turn).toHaveBeenCalledTimes(1);
    },
  );

  it('that slept and is not touched looks at the clock soon', () => {
    const turn = vi.fn();
    wakeAt(NOW + HOUR_MS, NOW, turn);
    vi.setSystemTime(NOW + 8 * HOUR_MS);
    vi.advanceTimersByTime(20_000);
    expect(turn).toHaveBeenCalledTimes(1);
  });

  it('turns where its clock is found to be wrong, in either direction', () => {
    for (const offsetMs of [HOUR_MS, -HOUR_MS]) {
      const turn = vi.fn();
      const stop = wakeAt(NOW + MINUTE_MS, NOW, turn);
      clockOffset.set(offsetMs);
      expect(turn).toHaveBeenCalledTimes(1);
      stop();
      clockOffset.set(0);
    }
  });

  it('that is left hears of nothing more', () => {
    const turn = vi.fn();
    wakeAt(NOW + MINUTE_MS, NOW, turn)();
    vi.advanceTimersByTime(HOUR_MS);
    page.dispatchEvent(new Event('focus'));
    clockOffset.set(HOUR_MS);
    expect(turn).not.toHaveBeenCalled();
  });

  it('a long time ahead is waited for beyond what a timer can hold', () => {
    const turn = vi.fn();
    wakeAt(NOW + 60 * 24 * HOUR_MS, NOW, turn);
    vi.advanceTimersByTime(59 * 24 * HOUR_MS);
    expect(turn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(24 * HOUR_MS);
    expect(turn).toHaveBeenCalledTimes(1);
  });
});
