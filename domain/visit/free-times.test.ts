import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { wallTime } from '#domain/time/wall-time';
import { workingSpans } from './availability';
import { freeStarts, STEP_MINUTES, type Taken } from './free-times';

const DAY = Date.UTC(2027, 2, 8);
const at = (hours: number, minutes = 0) => DAY + hours * HOUR_MS + minutes * MINUTE_MS;
const working = [{ from: at(9), until: at(12) }];
const within = { from: at(0), until: at(24) };
const visit = (startsAt: number, durationMinutes = 30, bufferMinutes = 0): Taken => ({
  ...{ startsAt, durationMinutes, bufferMinutes },
});

describe('free starts', () => {
  it.each<[string, Taken[], Taken[], number, number[]]>([
    ['of an empty morning', [], [], 60, [0, 15, 30, 45, 60, 75, 90, 105, 120]],
    ['around a visit', [visit(at(10))], [], 60, [0, 90, 105, 120]],
    ['around a visit with a pause after it', [visit(at(10), 30, 5)], [], 60, [0, 105, 120]],
    ['of who is elsewhere', [], [visit(at(10), 30, 30)], 60, [0, 90, 105, 120]],
    ['for what is longer than the morning', [], [], 181, []],
    ['of a full morning', [visit(at(9), 180)], [], 15, []],
  ])('%s', (_, clinician, patient, durationMinutes, minutes) => {
    const starts = freeStarts({ working, clinician, patient, durationMinutes, bufferMinutes: 0, within });
    expect(starts).toEqual(minutes.map((after) => at(9, after)));
  });

  it('leave the pause that they need before the next visit', () => {
    const wanted = { working, clinician: [visit(at(10))], patient: [], durationMinutes: 30, within };
    const last = (bufferMinutes: number) =>
      freeStarts({ ...wanted, bufferMinutes })
        .filter((start) => start < at(10))
        .at(-1);
    expect([last(0), last(1), last(15), last(16)]).toEqual([at(9, 30), at(9, 15), at(9, 15), at(9)]);
  });

  it('are full quarters, whole in the hours, and touch nothing, whatever there is', () => {
    const taken = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 5, max: 180 }), fc.integer({ min: 0, max: 60 }))
        .map(([minute, length, pause]) => visit(DAY + minute * MINUTE_MS, length, pause)),
      { maxLength: 8 },
    );
    const hours = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 1, max: 500 }))
        .map(([from, length]) => ({ from: DAY + from * MINUTE_MS, until: DAY + (from + length) * MINUTE_MS })),
      { maxLength: 4 },
    );
    const minutes = fc.integer({ min: 5, max: 120 });
    fc.assert(
      fc.property(
        hours,
        taken,
        taken,
        minutes,
        fc.integer({ min: 0, max: 30 }),
        (spans, clinician, patient, length, pause) => {
          const starts = freeStarts({
            ...{ working: spans, clinician, patient, durationMinutes: length, bufferMinutes: pause, within },
          });
          expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
          for (const start of starts) {
            expect(start % (STEP_MINUTES * MINUTE_MS)).toBe(0);
            const end = start + length * MINUTE_MS;
            // Every minute of it is in some of the hours, which may touch each other.
            for (let minute = start; minute < end; minute += MINUTE_MS)
              expect(spans.some(({ from, until }) => from <= minute && minute < until)).toBe(true);
            for (const other of clinician) {
              const otherEnd = other.startsAt + other.durationMinutes * MINUTE_MS;
              const isBefore = end + pause * MINUTE_MS <= other.startsAt;
              expect(isBefore || otherEnd + other.bufferMinutes * MINUTE_MS <= start).toBe(true);
            }
            for (const other of patient)
              expect(end <= other.startsAt || other.startsAt + other.durationMinutes * MINUTE_MS <= start).toBe(true);
          }
        },
      ),
    );
  });
});

describe('when a clinician holds visits', () => {
  const week = (from: string, to: string) => Array.from({ length: 7 }, () => [{ from, to }]);
  const clinic = { hours: { version: 1, week: week('08:00', '17:00'), holidays: [] }, timeZone: 'Europe/London' };
  const own = (timeZone: string) => ({
    hours: { version: 1, visits: week('09:00', '12:00'), reviews: week('11:00', '11:30') },
    timeZone,
  });
  const day = { from: at(-14), until: at(24 + 14) };

  it.each(['Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Chatham'])(
    'is told by their own clocks: %s',
    (timeZone) => {
      const { visits, reviews } = workingSpans({ clinic, own: own(timeZone), exceptions: [] }, day);
      const whole = visits.filter(({ from, until }) => day.from < from && until < day.until);
      expect(whole.length).toBeGreaterThanOrEqual(2);
      for (const { from, until } of whole) {
        const clocks = [wallTime(from, timeZone).minutes, wallTime(until, timeZone).minutes];
        expect([
          [9 * 60, 11 * 60],
          [11 * 60 + 30, 12 * 60],
        ]).toContainEqual(clocks);
      }
      for (const { from } of reviews) expect(wallTime(from, timeZone).minutes).toBe(11 * 60);
    },
  );

  it('is the clinic’s hours where they said nothing, and none on its holidays', () => {
    const holidays = [{ on: '2027-03-08', name: 'Founders’ day' }];
    const closed = { ...clinic, hours: { ...clinic.hours, holidays } };
    const onDay = { from: at(0), until: at(24) };
    const spans = (who: Parameters<typeof workingSpans>[0]) => workingSpans(who, onDay).visits;
    expect(spans({ clinic, own: null, exceptions: [] })).toEqual([{ from: at(8), until: at(17) }]);
    expect(spans({ clinic: closed, own: null, exceptions: [] })).toEqual([]);
    expect(spans({ clinic: closed, own: own('Europe/London'), exceptions: [] })).toEqual([]);
    const extra = { kind: 'extra' as const, fromMs: at(13), untilMs: at(14) };
    expect(spans({ clinic: closed, own: null, exceptions: [extra] })).toEqual([{ from: at(13), until: at(14) }]);
  });

  it('is not when they are away, even in what was added', () => {
    const extra = { kind: 'extra' as const, fromMs: at(18), untilMs: at(20) };
    const away = { kind: 'away' as const, fromMs: at(10), untilMs: at(19) };
    const exceptions = [away, extra];
    const { visits, reviews } = workingSpans(
      { clinic, own: own('Europe/London'), exceptions },
      { from: at(0), until: at(24) },
    );
    expect(visits).toEqual([
      { from: at(9), until: at(10) },
      { from: at(19), until: at(20) },
    ]);
    expect(reviews).toEqual([]);
  });

  it('on the day on which the clocks are set, is still by them', () => {
    const inMarch = { from: Date.UTC(2027, 2, 28), until: Date.UTC(2027, 2, 29) };
    const { visits } = workingSpans({ clinic, own: null, exceptions: [] }, inMarch);
    expect(visits).toEqual([{ from: Date.UTC(2027, 2, 28, 7), until: Date.UTC(2027, 2, 28, 16) }]);
  });
});
