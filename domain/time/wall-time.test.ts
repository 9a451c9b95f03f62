import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from './duration';
import { instantsOf, minutesOf, wallTime } from './wall-time';

const at = (iso: string) => Date.parse(iso);
const minutes = (text: string) => minutesOf(text) ?? Number.NaN;
const ZONES = [
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
];

describe('a wall time', () => {
  it.each([
    ['2026-11-30', '10:00', 'Europe/Lisbon', '2026-11-30T10:00:00Z'],
    ['2026-11-30', '10:00', 'Europe/Berlin', '2026-11-30T09:00:00Z'],
    ['2026-07-01', '00:00', 'America/New_York', '2026-07-01T04:00:00Z'],
    ['2026-01-01', '05:45', 'Asia/Kathmandu', '2026-01-01T00:00:00Z'],
    ['2026-01-01', '13:59', 'Pacific/Kiritimati', '2025-12-31T23:59:00Z'],
    ['2027-03-14', '01:59', 'America/New_York', '2027-03-14T06:59:00Z'],
    ['2027-03-14', '03:00', 'America/New_York', '2027-03-14T07:00:00Z'],
  ])('%s %s in %s is one instant', (day, time, zone, iso) => {
    expect(instantsOf({ day, minutes: minutes(time) }, zone)).toEqual({ kind: 'once', at: at(iso) });
  });

  it.each([
    ['2027-03-14', '02:30', 'America/New_York', '2027-03-14T07:30:00Z'],
    ['2026-03-29', '02:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['2026-03-29', '01:30', 'Europe/Lisbon', '2026-03-29T01:30:00Z'],
    // Half an hour, at Lord Howe.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    // Where midnight itself is skipped.
    ['2026-04-24', '00:30', 'Africa/Cairo', '2026-04-23T22:30:00Z'],
  ])('%s %s in %s does not exist', (day, time, zone, iso) => {
    expect(instantsOf({ day, minutes: minutes(time) }, zone)).toEqual({ kind: 'none', after: at(iso) });
  });

  it.each([
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
    ['2026-10-25', '02:00', 'Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'],
  ])('%s %s in %s exists twice', (day, time, zone, first, second) => {
    const found = instantsOf({ day, minutes: minutes(time) }, zone);
    expect(found).toEqual({ kind: 'twice', first: at(first), second: at(second) });
  });

  it('is the way back from any instant, in any zone', () => {
    const instant = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2090-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), (ms, zone) => {
        const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
        const found = instantsOf(wallTime(minute, zone), zone);
        const all = found.kind === 'once' ? [found.at] : found.kind === 'twice' ? [found.first, found.second] : [];
        expect(all).toContain(minute);
        for (const one of all) expect(wallTime(one, zone)).toEqual(wallTime(minute, zone));
      }),
    );
  });

  it('that exists nowhere is later by what the clocks were put forward', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * DAY_MS + at('2000-01-01T00:00:00Z')));
    const iso = day.map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(iso, fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...ZONES), (one, minute, zone) => {
        const found = instantsOf({ day: one, minutes: minute }, zone);
        if (found.kind !== 'none') return;
        const shown = wallTime(found.after, zone);
        expect(shown.day > one || shown.minutes > minute).toBe(true);
      }),
    );
  });

  it('refuses a day that does not exist and an unknown zone', () => {
    expect(() => instantsOf({ day: '2026-02-30', minutes: 0 }, 'UTC')).toThrow(RangeError);
    expect(() => instantsOf({ day: '2026-02-28', minutes: 0 }, 'Mars/Olympus')).toThrow(RangeError);
  });

  it.each(['24:00', '7:00', '', '12:60', 'noon'])('%j is no time of day', (text) => {
    expect(minutesOf(text)).toBeNull();
  });
});
