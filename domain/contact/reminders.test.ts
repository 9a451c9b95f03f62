import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { instantsOf, wallTime } from '#domain/time/wall-time';
import { DEFAULT_CHOICES } from './choices';
import { afterTime, dayBefore, type Next, nextTime, REPEAT_MS, reminderChoicesSchema } from './reminders';
import { isQuiet } from './when';

const at = (text: string) => Date.parse(text);
const iso = (ms: number | null | undefined) => (ms == null ? null : new Date(ms).toISOString().slice(0, 16));

describe('the next chosen time', () => {
  it.each([
    ['later today', 'Europe/London', [480, 1080], '2026-11-24T09:00Z', '2026-11-24T18:00'],
    ['tomorrow', 'Europe/London', [480], '2026-11-24T08:00Z', '2026-11-25T08:00'],
    ['by half hours', 'Asia/Kolkata', [480], '2026-11-24T00:00Z', '2026-11-24T02:30'],
    ['by quarters of an hour', 'Asia/Kathmandu', [480], '2026-11-24T00:00Z', '2026-11-24T02:15'],
    ['an hour that is skipped, by the offset before', 'Europe/London', [90], '2026-03-28T12:00Z', '2026-03-29T01:30'],
    ['an hour that comes twice, in its first', 'Europe/London', [90], '2026-10-24T12:00Z', '2026-10-25T00:30'],
    ['and not in its second', 'Europe/London', [90], '2026-10-25T00:30Z', '2026-10-26T01:30'],
    ['half an hour that is skipped', 'Australia/Lord_Howe', [135], '2026-10-03T00:00Z', '2026-10-03T15:45'],
    ['a day that is not there', 'Pacific/Apia', [480], '2011-12-29T19:00Z', '2011-12-30T18:00'],
    ['none is chosen', 'UTC', [], '2026-11-24T09:00Z', null],
  ])('%s', (_what, timeZone, times, now, expected) => {
    expect(iso(nextTime(times, at(now), timeZone))).toBe(expected);
  });

  const zone = fc.constantFrom(
    ...['Europe/London', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Australia/Adelaide'],
    ...['America/St_Johns', 'America/New_York', 'Africa/Casablanca', 'Pacific/Chatham', 'UTC'],
  );
  const asked = fc.record({
    timeZone: zone,
    times: fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 3 }),
    fromMs: fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') }),
  });

  it('comes once a day for each time, shows it on the wall unless the clocks leave it out', () => {
    fc.assert(
      fc.property(asked, ({ timeZone, times, fromMs }) => {
        const seen = new Set<string>();
        let now = fromMs;
        for (let k = 0; k < times.length * 5; k++) {
          const next = nextTime(times, now, timeZone) ?? 0;
          expect(next).toBeGreaterThan(now);
          expect(next - now).toBeLessThanOrEqual(DAY_MS + 2 * HOUR_MS);
          const { day, minutes } = wallTime(next, timeZone);
          const shown = times.find((time) => time === minutes);
          if (shown === undefined)
            expect(times.some((time) => instantsOf({ day, minutes: time }, timeZone).kind === 'none')).toBe(true);
          else {
            expect(seen.has(`${day} ${shown}`)).toBe(false);
            seen.add(`${day} ${shown}`);
          }
          now = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is at most twice as many words a day as times, never a third for one time, and no repetition in quiet hours', () => {
    const quiet = fc.record({
      quietFrom: fc.integer({ min: 0, max: 1439 }),
      quietUntil: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(asked, quiet, fc.infiniteStream(fc.boolean()), ({ timeZone, times, fromMs }, quietHours, tolds) => {
        const plan = { choices: { times, repeats: true }, quiet: quietHours, timeZone };
        let now: Next = { dueAt: nextTime(times, fromMs, timeZone) ?? 0, repeatOf: null };
        for (let k = 0; k < 20; k++) {
          const told = tolds.next().value ?? false;
          const next = afterTime(now, told, plan);
          if (!next) throw new Error('a time is chosen');
          expect(next.dueAt).toBeGreaterThan(now.dueAt);
          if (next.repeatOf !== null) {
            expect([told, now.repeatOf, next.repeatOf, next.dueAt - now.dueAt]).toEqual([
              true,
              null,
              now.dueAt,
              REPEAT_MS,
            ]);
            expect(isQuiet(wallTime(next.dueAt, timeZone).minutes, quietHours)).toBe(false);
          }
          now = next;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('once more', () => {
  const london = { choices: { times: [480, 1200], repeats: true }, quiet: DEFAULT_CHOICES, timeZone: 'Europe/London' };
  const first = (text: string): Next => ({ dueAt: at(text), repeatOf: null });
  it.each<[string, Next, boolean, typeof london, string, boolean]>([
    ['an hour later', first('2026-11-24T08:00Z'), true, london, '2026-11-24T09:00', true],
    ['not where nothing was said', first('2026-11-24T08:00Z'), false, london, '2026-11-24T20:00', false],
    ['not into quiet hours', first('2026-11-24T20:00Z'), true, london, '2026-11-25T08:00', false],
    [
      'not where it was not wished',
      first('2026-11-24T08:00Z'),
      true,
      { ...london, choices: { times: [480, 1200], repeats: false } },
      '2026-11-24T20:00',
      false,
    ],
    [
      'not where the next time comes first',
      first('2026-11-24T08:00Z'),
      true,
      { ...london, choices: { times: [480, 530], repeats: true } },
      '2026-11-24T08:50',
      false,
    ],
    [
      'not on the next day',
      first('2026-11-24T23:30Z'),
      true,
      {
        ...london,
        choices: { times: [1410], repeats: true },
        quiet: { ...DEFAULT_CHOICES, quietFrom: 0, quietUntil: 0 },
      },
      '2026-11-25T23:30',
      false,
    ],
    [
      'and then not',
      { dueAt: at('2026-11-24T09:00Z'), repeatOf: at('2026-11-24T08:00Z') },
      true,
      london,
      '2026-11-24T20:00',
      false,
    ],
  ])('%s', (_what, now, told, plan, expected, isRepeat) => {
    const next = afterTime(now, told, plan);
    expect([iso(next?.dueAt), next?.repeatOf != null]).toEqual([expected, isRepeat]);
  });
});

describe('the day before', () => {
  it.each([
    ['Europe/London', '2026-11-24T10:00Z', '2026-11-23T10:00'],
    ['Europe/London', '2026-03-29T09:00Z', '2026-03-28T10:00'],
    ['Europe/London', '2026-10-25T10:00Z', '2026-10-24T09:00'],
    ['Asia/Kathmandu', '2026-11-24T04:15Z', '2026-11-23T04:15'],
  ])('in %s of %s', (timeZone, visit, expected) => {
    expect(iso(dayBefore(at(visit), timeZone))).toBe(expected);
  });
});

describe('what a person may choose', () => {
  it.each([
    [{ times: [], repeats: true }, true],
    [{ times: [0, 1439, 720], repeats: false }, true],
    [{ times: [1, 2, 3, 4], repeats: true }, false],
    [{ times: [480, 480], repeats: true }, false],
    [{ times: [1440], repeats: true }, false],
    [{ times: [-1], repeats: true }, false],
    [{ times: [7.5], repeats: true }, false],
    [{ times: '08:00', repeats: true }, false],
    [{ times: [480] }, false],
  ])('%o: %s', (choices, isRead) => {
    expect(reminderChoicesSchema.safeParse(choices).success).toBe(isRead);
  });
});
