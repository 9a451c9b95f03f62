import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { CLOCK_OFF_MS, isAddendum, LATE_MS } from './addendum';

const openedAt = Date.UTC(2026, 10, 29, 9);
const endedAt = openedAt + 30 * MINUTE_MS;
const ended = { openedAt, endedAt, isSigned: false };
const signed = { ...ended, isSigned: true };
const open = { openedAt, endedAt: null, isSigned: false };
const inIt = openedAt + MINUTE_MS;

describe('what is done in a visit', () => {
  it.each([
    ['while it is open', open, inIt, inIt, false],
    ['while it is open, by a clock that is a year off', open, inIt - 365 * DAY_MS, inIt, false],
    ['while it is open and its note is signed', { ...open, isSigned: true }, inIt, inIt, false],
    ['and arrives at the last moment of the day after', ended, inIt, endedAt + LATE_MS, false],
    ['and arrives a moment later', ended, inIt, endedAt + LATE_MS + 1, true],
    ['and arrives after somebody signed', signed, inIt, endedAt + 1, true],
    ['just before it, by a clock that is off', ended, openedAt - CLOCK_OFF_MS, endedAt + HOUR_MS, false],
    ['before it', ended, openedAt - CLOCK_OFF_MS - 1, endedAt + HOUR_MS, true],
    ['just after it, by a clock that is off', ended, endedAt + CLOCK_OFF_MS, endedAt + HOUR_MS, false],
    ['after it', ended, endedAt + CLOCK_OFF_MS + 1, endedAt + HOUR_MS, true],
    ['at a time that is not said', ended, null, endedAt + HOUR_MS, false],
    ['at a time that is not said, weeks ago', ended, null, endedAt + 21 * DAY_MS, true],
    ['that was never opened', { ...ended, openedAt: null }, inIt, endedAt + 1, true],
  ])('%s', (_, closing, at, nowMs, is) => {
    expect(isAddendum(closing, at, nowMs)).toBe(is);
  });

  it('once it is an addendum stays one, however much later it comes', () => {
    const arb = fc.tuple(fc.integer({ min: -DAY_MS, max: DAY_MS }), fc.nat(3 * DAY_MS), fc.nat(DAY_MS), fc.boolean());
    fc.assert(
      fc.property(arb, ([atMs, arrivesMs, laterMs, isSigned]) => {
        const closing = { ...ended, isSigned };
        const at = openedAt + atMs;
        const soon = isAddendum(closing, at, endedAt + arrivesMs);
        expect(soon && !isAddendum(closing, at, endedAt + arrivesMs + laterMs)).toBe(false);
      }),
    );
  });
});
