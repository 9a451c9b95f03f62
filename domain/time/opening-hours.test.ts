import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './duration';
import {
  closedUntil,
  everOpens,
  isOpenAt,
  nextOpen,
  type OpeningHours,
  openingHoursSchema,
  promisedBy,
} from './opening-hours';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace(':00.000Z', 'Z'));

type Week = Record<number, string[]>;

/** `{ 1: ['08:00-17:00'] }`: Monday from eight to five. */
function open(week: Week, holidays: string[] = []): OpeningHours {
  const spans = (day: number) => (week[day] ?? []).map((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));
  return openingHoursSchema.parse({
    version: 1,
    week: [1, 2, 3, 4, 5, 6, 7].map(spans),
    holidays: holidays.map((on) => ({ on, name: 'Holiday' })),
  });
}

const always = (...spans: string[]) => open(Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, spans])));
const WORKDAYS = open(Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, ['08:00-17:00']])));
const closedOn = (...days: string[]): OpeningHours => ({
  ...WORKDAYS,
  holidays: days.map((on) => ({ on, name: 'Holiday' })),
});
const NIGHTS = always('00:00-06:00', '22:00-00:00');
const BERLIN = 'Europe/Berlin';
const KATHMANDU = 'Asia/Kathmandu';
const LORD_HOWE = 'Australia/Lord_Howe';

describe('a promise in opening hours', () => {
  it.each([
    ['within a day', WORKDAYS, BERLIN, '2026-11-30T08:00Z', 60, '2026-11-30T09:00Z'],
    ['to the last minute of a day', WORKDAYS, BERLIN, '2026-11-30T15:00Z', 60, '2026-11-30T16:00Z'],
    ['over a night', WORKDAYS, BERLIN, '2026-11-30T15:00Z', 61, '2026-12-01T07:01Z'],
    ['from out of hours', WORKDAYS, BERLIN, '2026-11-30T21:00Z', 480, '2026-12-01T15:00Z'],
    ['over a weekend', WORKDAYS, BERLIN, '2026-11-27T15:00Z', 300, '2026-11-30T11:00Z'],
    ['over a weekend and a holiday', closedOn('2026-11-30'), BERLIN, '2026-11-27T15:00Z', 300, '2026-12-01T11:00Z'],
    ['over a break', always('08:00-12:00', '13:00-17:00'), BERLIN, '2026-11-30T10:00Z', 120, '2026-11-30T13:00Z'],
    ['past midnight in one go', NIGHTS, BERLIN, '2026-11-30T21:00Z', 180, '2026-12-01T00:00Z'],
    ['in a zone of three quarters', WORKDAYS, KATHMANDU, '2026-11-30T12:00Z', 480, '2026-12-01T10:15Z'],
    // Sunday 29 March: 02:00 becomes 03:00, so that the night is an hour short.
    ['with clocks put forward', NIGHTS, BERLIN, '2026-03-28T21:00Z', 480, '2026-03-29T21:00Z'],
    // Sunday 25 October: the hour from 02:00 is shown twice, and open twice.
    ['with clocks put back', NIGHTS, BERLIN, '2026-10-24T20:00Z', 540, '2026-10-25T05:00Z'],
    ['with half an hour put back', always('00:00-04:00'), LORD_HOWE, '2026-04-04T13:00Z', 270, '2026-04-04T17:30Z'],
    ['into an hour that does not exist', always('02:15-03:30'), BERLIN, '2026-03-29T00:00Z', 30, '2026-03-29T01:30Z'],
    ['of no time at all, when it opens', WORKDAYS, BERLIN, '2026-11-28T12:00Z', 0, '2026-11-30T07:00Z'],
  ])('%s', (_what, hours, timeZone, from, minutes, expected) => {
    expect(iso(promisedBy({ hours, timeZone }, at(from), minutes))).toBe(expected);
  });

  it('is none where a clinic never opens', () => {
    const never = { hours: open({}), timeZone: BERLIN };
    const atMs = at('2026-11-30T08:00Z');
    expect([promisedBy(never, atMs, 1), nextOpen(never, atMs), everOpens(never, atMs)]).toEqual([null, null, false]);
    expect(isOpenAt(never, atMs)).toBe(false);
    expect(closedUntil(never, atMs)).toEqual({ opensAt: null });
  });
});

describe('opening', () => {
  it.each([
    ['2026-11-30T06:59Z', false, '2026-11-30T07:00Z'],
    ['2026-11-30T07:00Z', true, '2026-11-30T07:00Z'],
    ['2026-11-30T15:59Z', true, '2026-11-30T15:59Z'],
    ['2026-11-30T16:00Z', false, '2026-12-01T07:00Z'],
    ['2026-12-24T20:00Z', false, '2026-12-28T07:00Z'],
  ])('at %s: %s, next %s', (when, isOpen, next) => {
    const time = { hours: closedOn('2026-12-25'), timeZone: BERLIN };
    expect([isOpenAt(time, at(when)), iso(nextOpen(time, at(when)))]).toEqual([isOpen, next]);
    expect(closedUntil(time, at(when))).toEqual(isOpen ? null : { opensAt: at(next) });
  });
});

const ZONES = [BERLIN, KATHMANDU, LORD_HOWE, 'America/St_Johns', 'Africa/Cairo', 'Pacific/Apia', 'UTC'];
const quarter = fc.integer({ min: 0, max: 95 });
const text = (quarters: number) =>
  `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
const day = fc
  .uniqueArray(quarter, { maxLength: 4 })
  .map((cuts) => [...cuts].sort((a, b) => a - b))
  .map((cuts) => (cuts.length % 2 === 0 ? cuts : cuts.slice(1)))
  .map((cuts) => cuts.flatMap((cut, n) => (n % 2 === 0 ? [{ from: text(cut), to: text(cuts[n + 1] ?? 95) }] : [])));
const someHours = fc
  .array(day, { minLength: 7, maxLength: 7 })
  .filter((week) => week.some((spans) => spans.length > 0))
  .map((week): OpeningHours => ({ version: 1, week, holidays: [{ on: '2026-10-26', name: 'Holiday' }] }));
/** Around the days on which the clocks are set, and any other. */
const instant = fc.oneof(
  fc.integer({ min: at('2026-10-23T00:00Z'), max: at('2026-10-27T00:00Z') }),
  fc.integer({ min: at('2026-03-27T00:00Z'), max: at('2026-04-06T00:00Z') }),
  fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2040-01-01T00:00Z') }),
);
const time = fc.record({ hours: someHours, timeZone: fc.constantFrom(...ZONES) });

describe('any hours in any zone', () => {
  it('the minutes up to a promise in which it is open are as many as were promised', () => {
    fc.assert(
      fc.property(time, instant, fc.integer({ min: 1, max: 300 }), (clinic, ms, minutes) => {
        const from = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
        const by = promisedBy(clinic, from, minutes);
        expect(by).not.toBeNull();
        // Counted minute by minute, by the clock alone; far ones are counted by the test of the way there.
        if (by === null || by - from > 30 * HOUR_MS) return;
        let openFor = 0;
        for (let one = from; one < by; one += MINUTE_MS) if (isOpenAt(clinic, one)) openFor += 1;
        expect(openFor).toBe(minutes);
        expect(isOpenAt(clinic, by - MINUTE_MS)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('two promises after another are one of both', () => {
    const some = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(time, instant, some, some, (clinic, from, one, other) => {
        const first = promisedBy(clinic, from, one);
        const second = first === null ? null : promisedBy(clinic, first, other);
        // Who opens for a minute a week is looked at for 400 days by one promise, and for longer by two.
        fc.pre(second === null || second - from < 399 * DAY_MS);
        expect(second).toBe(promisedBy(clinic, from, one + other));
      }),
      { numRuns: 60 },
    );
  });

  it('it is open when it opens next, and never before', () => {
    fc.assert(
      fc.property(
        time,
        instant,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (clinic, from, share) => {
          const next = nextOpen(clinic, from);
          expect(next !== null && isOpenAt(clinic, next)).toBe(true);
          if (next !== null && next > from)
            expect(isOpenAt(clinic, from + Math.floor((next - from) * share))).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});
