import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/time/local-day';
import {
  adherence,
  type DayLog,
  dayState,
  dueNow,
  plannedAs,
  plannedOn,
  prescribedSlots,
  SCHEDULE_WAYS,
  type Schedule,
  type ScheduledPrescription,
  scheduleSchema,
  scheduleSentence,
  scheduleWay,
  slotsOn,
} from './schedule';

const TUESDAY = '2026-11-24';
const perDay = (times: number, days: number[] | null = null): Schedule => ({ v: 1, kind: 'per_day', times, days });
const everyHours = (hours: number, fromMinute: number, untilMinute: number): Schedule => ({
  v: 1,
  kind: 'every_hours',
  hours,
  fromMinute,
  untilMinute,
});
const everyDays = (days: number, anchorOn: string): Schedule => ({ v: 1, kind: 'every_days', days, anchorOn });
const prescription = (schedule: Schedule, more: Partial<ScheduledPrescription> = {}): ScheduledPrescription => ({
  lineageId: 'glides',
  schedule,
  fromOn: null,
  untilOn: null,
  ...more,
});
const utc = (clock: string, day = TUESDAY) => Date.parse(`${day}T${clock}:00Z`);
const log = (more: Partial<DayLog> = {}): DayLog => ({
  lineageId: 'glides',
  localOn: TUESDAY,
  state: 'done',
  slot: null,
  performedAt: utc('08:00'),
  ...more,
});
const due = (schedule: Schedule, logsOfToday: DayLog[], clock: string) =>
  dueNow({ prescriptions: [prescription(schedule)], logsOfToday, nowMs: utc(clock), timeZone: 'UTC' })[0];

const schedules = fc.oneof(
  fc
    .record({
      times: fc.integer({ min: 1, max: 12 }),
      days: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })),
    })
    .map(({ times, days }) => perDay(times, days)),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }))
    .map(([hours, a, b]) => everyHours(hours, Math.min(a, b), Math.max(a, b))),
  fc.integer({ min: 2, max: 14 }).map((days) => everyDays(days, '2026-11-01')),
);
const days = fc.integer({ min: -400, max: 400 }).map((count) => addDays(TUESDAY, count));

describe('scheduleSchema', () => {
  it.each([
    [perDay(1), true],
    [perDay(12), true],
    [perDay(0), false],
    [perDay(13), false],
    [perDay(1.5), false],
    [perDay(1, [1, 7]), true],
    [perDay(1, [3]), true],
    [perDay(1, [1, 2, 3, 4, 5, 6, 7]), true],
    [perDay(1, []), false],
    [perDay(1, [0]), false],
    [perDay(1, [8]), false],
    [perDay(1, [2, 2]), false],
    [everyHours(2, 480, 1200), true],
    [everyHours(1, 0, 1439), true],
    [everyHours(12, 600, 600), true],
    [everyHours(1, 0, 0), true],
    [everyHours(0, 0, 600), false],
    [everyHours(13, 0, 600), false],
    [everyHours(2, 601, 600), false],
    [everyHours(2, -1, 600), false],
    [everyHours(2, 0, 1440), false],
    [everyDays(2, TUESDAY), true],
    [everyDays(14, TUESDAY), true],
    [everyDays(1, TUESDAY), false],
    [everyDays(15, TUESDAY), false],
    [everyDays(2, '2026-02-30'), false],
    [{ ...perDay(1), v: 2 }, false],
    [{ v: 1, kind: 'hourly' }, false],
  ])('%j: %s', (schedule, valid) => {
    expect(scheduleSchema.safeParse(schedule).success).toBe(valid);
  });
});

describe('slotsOn', () => {
  it.each([
    ['twice a day', perDay(2), TUESDAY, [null, null]],
    ['a chosen weekday', perDay(1, [2]), TUESDAY, [null]],
    ['another weekday', perDay(1, [1, 3, 4, 5, 6, 7]), TUESDAY, []],
    ['a Sunday as 7', perDay(1, [7]), '2026-11-29', [null]],
    ['every 2 hours to 14:00', everyHours(2, 480, 840), TUESDAY, [480, 600, 720, 840]],
    ['every 2 hours to 13:59', everyHours(2, 480, 839), TUESDAY, [480, 600, 720]],
    ['from = until', everyHours(3, 480, 480), TUESDAY, [480]],
    ['every third day, on the anchor', everyDays(3, TUESDAY), TUESDAY, [null]],
    ['every third day, the day after', everyDays(3, TUESDAY), '2026-11-25', []],
    ['every third day, three later', everyDays(3, TUESDAY), '2026-11-27', [null]],
    ['every third day, three earlier', everyDays(3, TUESDAY), '2026-11-21', [null]],
  ])('%s', (_, schedule, day, minutes) => {
    expect(slotsOn(schedule, day)).toEqual(minutes.map((dueMinute, i) => ({ slot: i + 1, dueMinute })));
  });

  it('numbers the slots from 1, with rising times inside the day', () => {
    fc.assert(
      fc.property(schedules, days, (schedule, day) => {
        const slots = slotsOn(schedule, day);
        expect(slots.map(({ slot }) => slot)).toEqual(slots.map((_, i) => i + 1));
        const minutes = slots.flatMap(({ dueMinute }) => dueMinute ?? []);
        expect(minutes).toEqual([...new Set(minutes)].sort((a, b) => a - b));
        for (const minute of minutes) expect(minute).toBeLessThan(1440);
      }),
    );
  });
});

describe('prescribedSlots', () => {
  it.each([
    ['2026-11-25', null, 0],
    [TUESDAY, null, 1],
    [null, TUESDAY, 1],
    [null, '2026-11-23', 0],
    ['2026-11-20', '2026-11-30', 1],
  ])('from %s until %s has %i', (fromOn, untilOn, count) => {
    expect(prescribedSlots(prescription(perDay(1), { fromOn, untilOn }), TUESDAY)).toHaveLength(count);
  });
});

describe('dueNow with slots at any time', () => {
  it.each([
    ['nothing yet', perDay(2), [], { slotsDone: 0, slotsSkipped: 0, next: 1, state: 'due' }],
    ['one done', perDay(2), [log()], { slotsDone: 1, slotsSkipped: 0, next: 2, state: 'due' }],
    [
      'a partial sitting counts as practised',
      perDay(2),
      [log({ state: 'partial' })],
      { slotsDone: 1, slotsPartial: 1, slotsSkipped: 0, next: 2, state: 'due' },
    ],
    [
      'a skipped one does not',
      perDay(2),
      [log({ state: 'skipped' })],
      { slotsDone: 0, slotsSkipped: 1, next: 2, state: 'due' },
    ],
    ['all done', perDay(2), [log(), log()], { slotsDone: 2, slotsSkipped: 0, next: null, state: 'done' }],
    ['more than planned', perDay(1), [log(), log()], { slotsDone: 1, slotsSkipped: 0, next: null, state: 'done' }],
    ['the second slot first', perDay(2), [log({ slot: 2 })], { slotsDone: 1, slotsSkipped: 0, next: 1, state: 'due' }],
    [
      'one slot logged twice',
      perDay(2),
      [log({ slot: 1 }), log({ slot: 1 })],
      { slotsDone: 1, slotsSkipped: 0, next: 2, state: 'due' },
    ],
    [
      'skipped, then done after all',
      perDay(2),
      [log({ slot: 1, state: 'skipped' }), log({ slot: 1 })],
      { slotsDone: 1, slotsSkipped: 0, next: 2, state: 'due' },
    ],
    [
      'done, then skipped by mistake',
      perDay(2),
      [log({ slot: 1 }), log({ slot: 1, state: 'skipped' })],
      { slotsDone: 1, slotsSkipped: 0, next: 2, state: 'due' },
    ],
    [
      'partly done, then skipped by mistake',
      perDay(2),
      [log({ slot: 1, state: 'partial' }), log({ slot: 1, state: 'skipped' })],
      { slotsDone: 1, slotsSkipped: 0, next: 2, state: 'due' },
    ],
    [
      'a skip never hides practice',
      perDay(1),
      [log({ state: 'skipped' }), log({ state: 'partial' })],
      { slotsDone: 1, slotsSkipped: 0, next: null, state: 'done' },
    ],
    [
      'an unknown slot takes a free one',
      perDay(1),
      [log({ slot: 9 })],
      { slotsDone: 1, slotsSkipped: 0, next: null, state: 'done' },
    ],
    [
      'a log of yesterday',
      perDay(1),
      [log({ localOn: '2026-11-23' })],
      { slotsDone: 0, slotsSkipped: 0, next: 1, state: 'due' },
    ],
    [
      'a log of another exercise',
      perDay(1),
      [log({ lineageId: 'putty' })],
      { slotsDone: 0, slotsSkipped: 0, next: 1, state: 'due' },
    ],
  ])('%s', (_, schedule, logs, { next, ...expected }) => {
    expect(due(schedule, logs, '12:00')).toMatchObject(expected);
    expect(due(schedule, logs, '12:00')?.nextSlot?.slot ?? null).toBe(next);
  });

  it('rests on a rest day', () => {
    expect(due(perDay(1, [1]), [log()], '12:00')).toEqual({
      lineageId: 'glides',
      slotsTotal: 0,
      slotsDone: 0,
      slotsPartial: 0,
      slotsSkipped: 0,
      nextSlot: null,
      state: 'rest_day',
    });
  });

  it('takes the day of the patient, not of the server', () => {
    const monday = prescription(perDay(1, [1]));
    const at = (timeZone: string) =>
      dueNow({ prescriptions: [monday], logsOfToday: [], nowMs: utc('02:00'), timeZone })[0]?.state;
    expect(at('America/New_York')).toBe('due');
    expect(at('Europe/Berlin')).toBe('rest_day');
  });
});

describe('dueNow with slots at 8, 10 and 12', () => {
  const schedule = everyHours(2, 480, 720);
  const practisedAt = (clock: string, state: DayLog['state'] = 'done') => log({ performedAt: utc(clock), state });
  it.each([
    ['before the first', [], '07:59', 1, 'later', 0],
    ['at the first', [], '08:00', 1, 'due', 0],
    ['a passed slot is not made up', [], '10:00', 2, 'due', 0],
    ['the last stays open to the end of the day', [], '23:59', 3, 'due', 0],
    ['after practice the next one waits', [practisedAt('08:30')], '09:00', 2, 'later', 1],
    ['an early one counts for the slot to come', [practisedAt('08:05'), practisedAt('09:50')], '10:00', 3, 'later', 2],
    ['before the first counts for the first', [practisedAt('07:30')], '08:00', 2, 'later', 1],
    ['nothing left though two have gone by', [practisedAt('12:10')], '13:00', null, 'done', 1],
    ['a named slot wins over the clock', [log({ slot: 2, performedAt: utc('08:10') })], '08:20', 1, 'due', 1],
    ['out of order on arrival', [practisedAt('10:30'), practisedAt('08:30')], '11:00', 3, 'later', 2],
  ])('%s', (_, logs, clock, next, state, slotsDone) => {
    const answer = due(schedule, logs, clock);
    expect([answer?.nextSlot?.slot ?? null, answer?.state, answer?.slotsDone]).toEqual([next, state, slotsDone]);
  });
});

describe('dueNow, always', () => {
  const anyLog = fc
    .record({
      state: fc.constantFrom<DayLog['state'][]>('done', 'partial', 'skipped'),
      slot: fc.option(fc.integer({ min: 1, max: 14 })),
      minute: fc.integer({ min: 0, max: 1439 }),
    })
    .map(({ state, slot, minute }) => log({ state, slot, performedAt: utc('00:00') + minute * 60_000 }));
  it('answers fit the slots, and the state fits the answers', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.array(anyLog, { maxLength: 15 }),
        fc.integer({ min: 0, max: 1439 }),
        (s, logs, minute) => {
          const nowMs = utc('00:00') + minute * 60_000;
          const [answer] = dueNow({ prescriptions: [prescription(s)], logsOfToday: logs, nowMs, timeZone: 'UTC' });
          const practised = logs.filter(({ state }) => state !== 'skipped').length;
          expect(answer?.slotsDone).toBeLessThanOrEqual(Math.min(answer?.slotsTotal ?? 0, practised));
          expect((answer?.slotsDone ?? 0) + (answer?.slotsSkipped ?? 0)).toBeLessThanOrEqual(answer?.slotsTotal ?? 0);
          expect(answer?.nextSlot === null).toBe(answer?.state === 'done' || answer?.state === 'rest_day');
          expect(answer?.slotsTotal === 0).toBe(answer?.state === 'rest_day');
        },
      ),
    );
  });
});

describe('plannedOn', () => {
  it('leaves out what rests', () => {
    const plan = [
      prescription(perDay(3)),
      prescription(perDay(1, [1]), { lineageId: 'putty' }),
      prescription(perDay(1, [2]), { lineageId: 'coins' }),
      prescription(perDay(1), { lineageId: 'beads', untilOn: '2026-11-01' }),
    ];
    expect(plannedOn(plan, TUESDAY)).toEqual([
      { lineageId: 'glides', slots: 3 },
      { lineageId: 'coins', slots: 1 },
    ]);
  });
});

describe('dayState', () => {
  const planned = [
    { lineageId: 'glides', slots: 2 },
    { lineageId: 'putty', slots: 1 },
  ];
  const putty = log({ lineageId: 'putty' });
  const skipped = log({ state: 'skipped' });
  it.each([
    ['all done', [log(), log(), putty], 'done'],
    ['extra glides do not stand in for putty', [log(), log(), log()], 'partly'],
    ['one missing', [log(), putty], 'partly'],
    ['only a part of one', [log({ state: 'partial' })], 'partly'],
    ['all there but one in part', [log(), log({ state: 'partial' }), putty], 'partly'],
    ['done and skipped', [log(), skipped], 'partly'],
    ['skipped only', [skipped], 'skipped'],
    ['nothing logged', [], 'none'],
    ['only logs of another day', [log({ localOn: '2026-11-23' })], 'none'],
    ['the same slot twice is one', [log({ slot: 1 }), log({ slot: 1 }), putty], 'partly'],
    ['two slots are two', [log({ slot: 1 }), log({ slot: 2 }), putty], 'done'],
  ])('yesterday: %s', (_, logs, state) => {
    expect(dayState({ day: TUESDAY, today: '2026-11-25', planned, logs })).toBe(state);
  });
  it.each([
    ['today, nothing yet', TUESDAY, planned, [], 'today'],
    ['today, half way', TUESDAY, planned, [log()], 'today'],
    ['today, all done', TUESDAY, planned, [log(), log(), putty], 'done'],
    ['tomorrow', '2026-11-23', planned, [], 'to_come'],
    ['a rest day', TUESDAY, [], [], 'rest'],
    ['a rest day with a skipped log', TUESDAY, [], [skipped], 'rest'],
    ['practice on a rest day', TUESDAY, [], [log()], 'done'],
  ])('%s', (_, today, plan, logs, state) => {
    expect(dayState({ day: TUESDAY, today, planned: plan, logs })).toBe(state);
  });
});

describe('adherence', () => {
  const planned = [{ lineageId: 'glides', slots: 2 }];
  const day = (dayOn: string, plan = planned) => ({ day: dayOn, planned: plan });
  it.each([
    ['nothing planned is unknown', [day(TUESDAY, [])], [log()], [0, 0, 0, null, null]],
    ['nothing logged is 0', [day(TUESDAY)], [], [2, 0, 0, 0, 0]],
    ['half', [day(TUESDAY)], [log()], [2, 1, 0, 50, 0]],
    ['partial is apart', [day(TUESDAY)], [log(), log({ state: 'partial' })], [2, 1, 1, 50, 50]],
    ['skipped is neither', [day(TUESDAY)], [log({ state: 'skipped' })], [2, 0, 0, 0, 0]],
    ['capped at 100', [day(TUESDAY)], [log(), log(), log(), log({ state: 'partial' })], [2, 2, 0, 100, 0]],
    [
      'partial fills only what is left',
      [day(TUESDAY)],
      [log(), log({ state: 'partial' }), log({ state: 'partial' })],
      [2, 1, 1, 50, 50],
    ],
    [
      'extra on one day does not pay for another',
      [day(TUESDAY), day('2026-11-25')],
      [log(), log(), log()],
      [4, 2, 0, 50, 0],
    ],
    ['rounds down', [day(TUESDAY, [{ lineageId: 'glides', slots: 3 }])], [log(), log()], [3, 2, 0, 66, 0]],
    [
      'one slot logged twice is one',
      [day(TUESDAY)],
      [log({ slot: 1 }), log({ slot: 1, state: 'partial' })],
      [2, 1, 0, 50, 0],
    ],
    ['another exercise', [day(TUESDAY)], [log({ lineageId: 'putty' })], [2, 0, 0, 0, 0]],
  ])('%s', (_, window, logs, [sittingsPlanned, sittingsDone, sittingsPartial, donePercent, partialPercent]) => {
    expect(adherence({ days: window, logs })).toEqual({
      sittingsPlanned,
      sittingsDone,
      sittingsPartial,
      donePercent,
      partialPercent,
    });
  });

  it('stays between 0 and 100 whatever is logged', () => {
    const logs = fc.array(
      fc.constantFrom<DayLog['state'][]>('done', 'partial', 'skipped').map((state) => log({ state })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), logs, (slots, some) => {
        const result = adherence({ days: [day(TUESDAY, [{ lineageId: 'glides', slots }])], logs: some });
        expect((result.donePercent ?? -1) + (result.partialPercent ?? -1)).toBeLessThanOrEqual(100);
        expect(result.donePercent).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('scheduleSentence', () => {
  it.each([
    [perDay(2), 'schedule.perDay', { times: 2 }],
    [perDay(2, [1, 2, 3, 4, 5, 6, 7]), 'schedule.perDay', { times: 2 }],
    [perDay(1, [1, 3, 5]), 'schedule.perDayOnDays', { times: 1, daysPerWeek: 3 }],
    [everyHours(2, 480, 1200), 'schedule.everyHours', { hours: 2, fromMinute: 480, untilMinute: 1200 }],
    [everyDays(2, TUESDAY), 'schedule.everyDays', { days: 2 }],
  ])('%j reads %s', (schedule, key, values) => {
    expect(scheduleSentence(schedule)).toEqual({ key, values });
  });
});

describe('a schedule planned another way', () => {
  const today = '2026-11-26';
  const twice: Schedule = { v: 1, kind: 'per_day', times: 2, days: null };

  it.each(SCHEDULE_WAYS)('%s is what it is then, and is valid', (way) => {
    const planned = plannedAs(way, twice, today);
    expect(scheduleWay(planned)).toBe(way);
    expect(scheduleSchema.safeParse(planned).success).toBe(true);
  });

  it('keeps the sittings a day where both ways have them', () => {
    expect(plannedAs('weekdays', twice, today)).toEqual({ v: 1, kind: 'per_day', times: 2, days: [1, 3, 5] });
  });

  it('falls on today when it is every other day, and not on the day after', () => {
    const other = plannedAs('every_days', twice, today);
    expect([today, '2026-11-27', '2026-11-28'].map((day) => slotsOn(other, day).length)).toEqual([1, 0, 1]);
  });

  it('falls due from eight to eight when it is every two hours', () => {
    const minutes = slotsOn(plannedAs('every_hours', twice, today), today).map(({ dueMinute }) => dueMinute);
    expect(minutes).toEqual([480, 600, 720, 840, 960, 1080, 1200]);
  });

  it('is daily with all seven weekdays', () => {
    expect(scheduleWay({ v: 1, kind: 'per_day', times: 1, days: [7, 6, 5, 4, 3, 2, 1] })).toBe('daily');
  });
});
