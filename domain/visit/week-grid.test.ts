import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { addDays, localDay } from '#domain/time/local-day';
import { wallTime } from '#domain/time/wall-time';
import {
  daysShown,
  type GridSpan,
  hoursFor,
  instantAt,
  mondayOf,
  placed,
  type Segment,
  segmentsOf,
  snapped,
  spanOfDays,
  startOfDay,
  stepped,
} from './week-grid';

const at = (iso: string) => Date.parse(iso);
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const ZONES = [
  ...[BERLIN, NEW_YORK, 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'],
  ...['Africa/Cairo', 'Asia/Beirut', 'Pacific/Apia', 'Pacific/Kiritimati', 'UTC'],
];

const minutes = (from: string, until: string) => ({ id: 'a', fromMs: at(from), untilMs: at(until) });
const shown = (span: GridSpan, zone: string) =>
  segmentsOf(span, zone).map(({ day, from, until, begins }) => [day, from, until, begins]);

describe('a span on the wall', () => {
  it.each([
    ['a plain half hour', BERLIN, '2026-11-19T09:00Z', '2026-11-19T09:30Z', [['2026-11-19', 600, 630, true]]],
    [
      'in a zone of a half hour',
      'Asia/Kolkata',
      '2026-11-19T09:00Z',
      '2026-11-19T09:45Z',
      [['2026-11-19', 870, 915, true]],
    ],
    ['until midnight', BERLIN, '2026-11-19T22:00Z', '2026-11-19T23:00Z', [['2026-11-19', 1380, 1440, true]]],
    [
      ...['over midnight', BERLIN, '2026-11-19T22:45Z', '2026-11-19T23:15Z'],
      [
        ['2026-11-19', 1425, 1440, true],
        ['2026-11-20', 0, 15, false],
      ],
    ],
    // Berlin, 29 March: 02:00 becomes 03:00; 25 October: 03:00 becomes 02:00.
    [
      'over the gap, to where it ends',
      BERLIN,
      '2026-03-29T00:30Z',
      '2026-03-29T01:30Z',
      [['2026-03-29', 90, 210, true]],
    ],
    [
      'over the hour that comes twice, as long as it lasts',
      BERLIN,
      '2026-10-25T00:30Z',
      '2026-10-25T01:30Z',
      [['2026-10-25', 150, 210, true]],
    ],
    [
      'to the end of a day of 25 hours',
      BERLIN,
      '2026-10-24T22:00Z',
      '2026-10-25T23:00Z',
      [['2026-10-25', 0, 1440, true]],
    ],
    ['nothing', BERLIN, '2026-10-24T22:00Z', '2026-10-24T22:00Z', []],
  ] as [string, string, string, string, unknown[]][])('%s', (_what, zone, from, until, expected) => {
    expect(shown(minutes(from, until), zone)).toEqual(expected);
  });

  const instant = fc.oneof(
    // Around the nights in which Berlin, Cairo and New York set their clocks.
    ...['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-10-29T21:00Z', '2026-11-01T06:00Z'].map((night) =>
      fc.integer({ min: at(night) / 60_000 - 240, max: at(night) / 60_000 + 240 }),
    ),
    fc.integer({ min: at('2026-10-23T00:00Z') / 60_000, max: at('2026-11-03T00:00Z') / 60_000 }),
    fc.integer({ min: at('2026-03-06T00:00Z') / 60_000, max: at('2026-04-25T00:00Z') / 60_000 }),
  );
  const span = fc.record({
    start: instant,
    lasts: fc.integer({ min: 1, max: 60 * 60 }),
    zone: fc.constantFrom(...ZONES),
  });

  it('all its minutes are inside, on days in order, each within the day', () => {
    fc.assert(
      fc.property(span, fc.nat({ max: 3599 }), ({ start, lasts, zone }, some) => {
        const [fromMs, untilMs] = [start * MINUTE_MS, (start + lasts) * MINUTE_MS];
        const segments = segmentsOf({ id: 'a', fromMs, untilMs }, zone);
        const passed = some % lasts;
        const wall = wallTime(fromMs + passed * MINUTE_MS, zone);
        // Where the clocks were set back meanwhile, as far below its beginning as time has passed, or at the day's end.
        const isInside = ({ day, from, until, begins }: Segment) =>
          day === wall.day &&
          ((from <= wall.minutes && wall.minutes < until) ||
            (begins && wall.minutes < from && Math.min(from + passed, 1439) < until));
        expect(segments.some(isInside)).toBe(true);
        for (const { from, until } of segments)
          expect([from >= 0, from < until, until <= 1440]).toEqual([true, true, true]);
        const days = segments.map(({ day }) => day);
        expect(days).toEqual(days.map((_, n) => addDays(days[0] ?? '', n)));
        expect(segments.map(({ begins }) => begins)).toEqual(days.map((_, n) => n === 0));
      }),
      { numRuns: 2000 },
    );
  });

  it('a day begins at its first minute, and ends where the next one begins', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), (minute, zone) => {
        const day = localDay(minute * MINUTE_MS, zone);
        const { fromMs, untilMs } = spanOfDays(day, 1, zone);
        expect(localDay(fromMs, zone)).toBe(day);
        expect(localDay(fromMs - MINUTE_MS, zone) < day).toBe(true);
        expect(localDay(untilMs - MINUTE_MS, zone)).toBe(day);
        expect(fromMs <= minute * MINUTE_MS && minute * MINUTE_MS < untilMs).toBe(true);
      }),
    );
    expect((startOfDay('2026-03-30', BERLIN) - startOfDay('2026-03-29', BERLIN)) / HOUR_MS).toBe(23);
    expect((startOfDay('2026-10-26', BERLIN) - startOfDay('2026-10-25', BERLIN)) / HOUR_MS).toBe(25);
  });
});

describe('lanes', () => {
  const segment = (id: string, from: number, until: number): Segment => ({
    id,
    day: '2026-11-19',
    from,
    until,
    begins: true,
  });
  const lanes = (...segments: Segment[]) => placed(segments).map(({ id, lane, lanes: of }) => `${id} ${lane}/${of}`);

  it('only what lies on each other shares its width', () => {
    expect(lanes(segment('a', 540, 600), segment('b', 600, 630))).toEqual(['a 0/1', 'b 0/1']);
    expect(
      lanes(segment('a', 540, 600), segment('b', 570, 630), segment('c', 600, 660), segment('d', 720, 750)),
    ).toEqual([...['a 0/2', 'b 1/2', 'c 0/2', 'd 0/1']]);
    // As low as this they are drawn as a quarter of an hour.
    expect(lanes(segment('a', 540, 545), segment('b', 550, 580))).toEqual(['a 0/2', 'b 1/2']);
  });

  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 300 })), {
    maxLength: 40,
  });

  it('hold every block once, and no two of one lane overlap', () => {
    fc.assert(
      fc.property(some, (pairs) => {
        const segments = pairs.map(([from, lasts], n) => segment(`v${n}`, from, Math.min(1440, from + lasts)));
        const blocks = placed(segments);
        expect(blocks.map(({ id }) => id).sort()).toEqual(segments.map(({ id }) => id).sort());
        for (const one of blocks) {
          expect(one.lane).toBeLessThan(one.lanes);
          for (const other of blocks) {
            if (one.id >= other.id) continue;
            const isOver =
              one.from < Math.max(other.until, other.from + 15) && other.from < Math.max(one.until, one.from + 15);
            if (!isOver) continue;
            // Side by side, in lanes as wide as each other.
            expect(one.lanes).toBe(other.lanes);
            expect(one.lane).not.toBe(other.lane);
          }
        }
      }),
    );
  });
});

describe('the week', () => {
  it.each([
    ['2026-11-19', '2026-11-16'],
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
  ])('of %s begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it('shows the weekend where anything lies there', () => {
    const [saturday, sunday] = ['2026-11-21', '2026-11-22'];
    expect(daysShown('2026-11-16', () => false)).toHaveLength(5);
    expect(daysShown('2026-11-16', (day) => day === sunday).slice(4)).toEqual(['2026-11-20', sunday]);
    expect(daysShown('2026-11-16', () => true).slice(4)).toEqual(['2026-11-20', saturday, sunday]);
  });

  it('has the hours that are usual, and those that are needed', () => {
    const usual = { from: 8, until: 17 };
    expect(hoursFor([], usual)).toEqual(usual);
    expect(hoursFor([{ from: 600, until: 630 }], usual)).toEqual(usual);
    expect(
      hoursFor(
        [
          { from: 419, until: 450 },
          { from: 1020, until: 1021 },
        ],
        usual,
      ),
    ).toEqual({ from: 6, until: 18 });
    expect(hoursFor([{ from: 0, until: 1440 }], usual)).toEqual({ from: 0, until: 24 });
  });
});

describe('moving by steps', () => {
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  it.each([
    ['a quarter later', { steps: 1 }, BERLIN, '2026-11-19T09:00Z', '2026-11-19T09:15'],
    ['a quarter earlier, into the day before', { steps: -1 }, BERLIN, '2026-11-18T23:00Z', '2026-11-18T22:45'],
    ['a day on, over a night of an hour more', { days: 1 }, BERLIN, '2026-10-24T08:00Z', '2026-10-25T09:00'],
    ['a day back, over a night of an hour less', { days: -1 }, BERLIN, '2026-03-29T07:00Z', '2026-03-28T08:00'],
    ['a day on, to a time that is skipped', { days: 1 }, BERLIN, '2026-03-28T01:30Z', '2026-03-29T01:30'],
    ['through the hour that comes twice', { steps: 4 }, BERLIN, '2026-10-25T00:00Z', '2026-10-25T01:00'],
  ])('%s', (_what, step, zone, from, expected) => {
    expect(iso(stepped(at(from), step, zone))).toBe(expected);
  });

  it('what is pointed at is a quarter of that day', () => {
    expect([-40, 0, 7, 8, 607, 1439, 2000].map(snapped)).toEqual([0, 0, 0, 15, 600, 1425, 1425]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...ZONES), (pointed, zone) => {
        const day = '2026-11-19';
        expect(wallTime(instantAt({ day, minutes: snapped(pointed) }, zone), zone)).toEqual({
          day,
          minutes: snapped(pointed),
        });
      }),
    );
  });
});
