import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '#domain/time/local-day';
import { wallTime } from '#domain/time/wall-time';
import { occurrences, SERIES_MAX, type SeriesTimes, seriesTimesSchema } from './series';

const BERLIN = 'Europe/Berlin';
const times = (change: Partial<SeriesTimes>): SeriesTimes => ({
  ...{ day: '2026-10-18', minutes: 600, timeZone: BERLIN, which: 'first', everyWeeks: 1, count: 3 },
  ...change,
});
const iso = (change: Partial<SeriesTimes>) =>
  occurrences(times(change)).map(({ at }) => (at === null ? null : new Date(at).toISOString().slice(0, 16)));

describe('a series', () => {
  it.each([
    [
      'keeps its time on the wall over a clock change',
      {},
      ['2026-10-18T08:00', '2026-10-25T09:00', '2026-11-01T09:00'],
    ],
    ['every two weeks', { everyWeeks: 2, count: 2 }, ['2026-10-18T08:00', '2026-11-01T09:00']],
    ['in a zone of a half hour', { timeZone: 'Asia/Kolkata', count: 2 }, ['2026-10-18T04:30', '2026-10-25T04:30']],
    [
      'a time that is skipped is none',
      { day: '2026-03-22', minutes: 150, count: 3 },
      ['2026-03-22T01:30', null, '2026-04-05T00:30'],
    ],
    ['a time that comes twice is the first', { minutes: 150, count: 2 }, ['2026-10-18T00:30', '2026-10-25T00:30']],
    ['or the second', { minutes: 150, count: 2, which: 'second' }, ['2026-10-18T00:30', '2026-10-25T01:30']],
  ] as [string, Partial<SeriesTimes>, (string | null)[]][])('%s', (_what, change, expected) => {
    expect(iso(change)).toEqual(expected);
  });

  it('shows the same time each week, in every zone', () => {
    const zones = [BERLIN, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.constantFrom(...zones),
        fc.constantFrom(1 as const, 2 as const),
        (minutes, timeZone, everyWeeks) => {
          const all = occurrences(times({ day: '2026-02-01', minutes, timeZone, everyWeeks, count: SERIES_MAX }));
          expect(all).toHaveLength(SERIES_MAX);
          all.forEach(({ day, at }, n) => {
            expect(daysBetween('2026-02-01', day)).toBe(n * 7 * everyWeeks);
            if (at !== null) expect(wallTime(at, timeZone)).toEqual({ day, minutes });
          });
        },
      ),
    );
  });

  it.each([
    { count: 1 },
    { count: 27 },
    { everyWeeks: 3 },
    { minutes: 1440 },
    { day: '2026-02-30' },
    { timeZone: 'Mars/Olympus' },
  ])('%j is none', (wrong) => {
    expect(seriesTimesSchema.safeParse({ ...times({}), ...wrong }).success).toBe(false);
  });
});
