import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  isLocalDay,
  isTimeZone,
  localDay,
  localDaySchema,
  localMinutes,
  weekday,
} from './local-day';

const at = (iso: string) => Date.parse(iso);
const days = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'];

describe('local day and wall clock', () => {
  it.each([
    // Berlin: the clock jumps 02:00 → 03:00 on 29 March 2026 and falls back 03:00 → 02:00 on 25 October.
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29', 0],
    ['2026-03-28T22:59:59Z', 'Europe/Berlin', '2026-03-28', 23 * 60 + 59],
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', '2026-03-29', 119],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29', 180],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25', 150],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25', 150],
    ['2026-10-25T22:59:00Z', 'Europe/Berlin', '2026-10-25', 23 * 60 + 59],
    ['2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-10-26', 0],
    // New York: 8 March and 1 November 2026.
    ['2026-03-08T06:59:00Z', 'America/New_York', '2026-03-08', 119],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', 180],
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01', 90],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01', 90],
    ['2026-11-02T04:59:00Z', 'America/New_York', '2026-11-01', 23 * 60 + 59],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02', 0],
    // Kathmandu: +05:45 all year.
    ['2026-01-01T18:14:59Z', 'Asia/Kathmandu', '2026-01-01', 23 * 60 + 59],
    ['2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02', 0],
    ['1969-12-31T18:00:00Z', 'UTC', '1969-12-31', 18 * 60],
  ])('%s in %s is %s at minute %i', (iso, zone, day, minutes) => {
    expect(localDay(at(iso), zone)).toBe(day);
    expect(localMinutes(at(iso), zone)).toBe(minutes);
  });

  it('a later instant is never on an earlier day, and a day is 23 to 25 hours long', () => {
    const instant = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 86_400_000 }), fc.constantFrom(...zones), (start, later, zone) => {
        const step = daysBetween(localDay(start, zone), localDay(start + later, zone));
        expect(step).toBeGreaterThanOrEqual(0);
        expect(localDay(start + 90_000_000, zone) > localDay(start, zone)).toBe(true);
      }),
    );
  });

  it('refuses an unknown zone and a time that is not finite', () => {
    expect(() => localDay(0, 'Mars/Olympus')).toThrow(RangeError);
    expect(() => localDay(Number.NaN, 'UTC')).toThrow(RangeError);
  });
});

describe('calendar days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-11-24', 0, '2026-11-24'],
    ['0001-01-01', 1, '0001-01-02'],
  ])('%s plus %i is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(count);
  });

  it('adding and counting are inverse', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
        expect(addDays(addDays(day, count), -count)).toBe(day);
      }),
    );
  });

  it.each([
    ['2026-11-23', 1],
    ['2026-11-24', 2],
    ['2026-11-28', 6],
    ['2026-11-29', 7],
  ])('%s is ISO weekday %i', (day, expected) => {
    expect(weekday(day)).toBe(expected);
  });

  it('weekdays go round by seven', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(weekday(addDays(day, 1))).toBe((weekday(day) % 7) + 1);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '2026-01-01T00:00', ' 2026-01-01', ''])(
    '%j is no day',
    (text) => {
      expect(isLocalDay(text)).toBe(false);
      expect(localDaySchema.safeParse(text).success).toBe(false);
      expect(() => addDays(text, 1)).toThrow(RangeError);
    },
  );
});

describe('time zones', () => {
  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is one', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });
  it.each(['', 'Berlin', '+02:00', '-05:00', 'Europe/Berlin ', 'Mars/Olympus'])('%j is none', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});
