import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_SLACK_MS, deviceMsSchema, rightClock } from './device-clock';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './duration';

const NOW = Date.UTC(2026, 10, 30, 12);
const SINCE = NOW - 60 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

type Report = Parameters<typeof rightClock>[0];
const right = (time: number, over: Partial<Report> = {}) =>
  rightClock({ times: [time], clock: undefined, sendingOffsetMs: null, sinceMs: SINCE, nowMs: NOW, ...over })(time);

describe('the time of a report', () => {
  it.each([
    ['a while ago, from a device that says nothing of its clock', NOW - 3 * DAY_MS, NOW - 3 * DAY_MS],
    ['ahead by less than a line may take: now', NOW + MINUTE_MS, NOW],
  ])('%s, is taken as it is', (_, said, at) => {
    expect(right(said)).toEqual({ at, deviceAt: null });
  });

  it.each([
    ['six minutes ahead', NOW + 6 * MINUTE_MS],
    ['years ahead', NOW + 5 * YEAR_MS],
    ['at zero', 0],
    ['before the record began', SINCE - HOUR_MS],
    ['in the year 1', -62_135_596_800_000],
  ])('%s, is that of the receipt, and both are kept', (_, said) => {
    expect(right(said)).toEqual({ at: NOW, deviceAt: said });
  });

  it('is put right by what was measured when it was made, however late it comes', () => {
    // An hour ahead, two days ago; the clock was set right since.
    const said = NOW - 2 * DAY_MS + HOUR_MS;
    const clock = { offsetMs: -HOUR_MS, isMeasured: true };
    const sent = said + clock.offsetMs;
    expect(right(sent, { clock, sendingOffsetMs: 0 })).toEqual({ at: NOW - 2 * DAY_MS, deviceAt: said });
  });

  it('is put right by the moment of sending where nothing was measured', () => {
    const said = NOW - 3 * HOUR_MS + YEAR_MS;
    expect(right(said, { sendingOffsetMs: -YEAR_MS })).toEqual({ at: NOW - 3 * HOUR_MS, deviceAt: said });
    const clock = { offsetMs: 0, isMeasured: false };
    expect(right(said, { clock, sendingOffsetMs: -YEAR_MS })).toEqual({ at: NOW - 3 * HOUR_MS, deviceAt: said });
  });

  it('holds by what was measured before where the clock jumped since then and says nothing possible', () => {
    // Measured as right, then the battery ran out: 1970, also at sending.
    const clock = { offsetMs: 0, isMeasured: true };
    const said = 5 * MINUTE_MS;
    const sendingOffsetMs = NOW - 2 * HOUR_MS;
    expect(right(said, { clock, sendingOffsetMs })).toEqual({ at: said + sendingOffsetMs, deviceAt: said });
  });

  it('keeps what lies between the times of one report', () => {
    const began = NOW + 4 * YEAR_MS;
    const times = [began, began + 10 * MINUTE_MS];
    const one = rightClock({ times, clock: undefined, sendingOffsetMs: null, sinceMs: SINCE, nowMs: NOW });
    expect(times.map((time) => one(time).at)).toEqual([NOW - 10 * MINUTE_MS, NOW]);
  });

  it('takes a delay of the line for no fault of the clock', () => {
    expect(right(NOW - MINUTE_MS, { sendingOffsetMs: MINUTE_MS })).toEqual({ at: NOW - MINUTE_MS, deviceAt: null });
  });

  it('is never ahead, never before the record, and what is off is always marked', () => {
    const ms = fc.integer({ min: 0, max: 4e12 });
    const offset = fc.integer({ min: -2e12, max: 2e12 });
    const clock = fc.option(fc.record({ offsetMs: offset, isMeasured: fc.boolean() }), { nil: undefined });
    fc.assert(
      fc.property(ms, clock, fc.option(offset), (time, by, sendingOffsetMs) => {
        const { at, deviceAt } = right(time, { clock: by, sendingOffsetMs });
        expect(at).toBeLessThanOrEqual(NOW);
        expect(at).toBeGreaterThanOrEqual(SINCE);
        const said = time - (by?.offsetMs ?? 0);
        expect(deviceAt).toBe(Math.abs(at - said) > CLOCK_SLACK_MS ? said : null);
      }),
    );
  });

  it('may be of any year that a clock can show, and is a whole number', () => {
    for (const time of [0, -1, 253_402_300_799_999]) expect(deviceMsSchema.safeParse(time).success).toBe(true);
    for (const time of [0.5, Number.NaN, 253_402_300_800_000, '0'])
      expect(deviceMsSchema.safeParse(time).success).toBe(false);
  });
});
