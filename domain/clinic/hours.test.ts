import { describe, expect, it } from 'vitest';
import { escalationSchema } from '#domain/practice/escalation';
import type { OpeningHours } from '#domain/time/opening-hours';
import { DEFAULT_OPENING_HOURS, editHoursSchema } from './hours';

const closedOn = (...days: string[]): OpeningHours => ({
  ...DEFAULT_OPENING_HOURS,
  holidays: days.map((on) => ({ on, name: 'Holiday' })),
});

describe('what an admin writes', () => {
  const edited = (hours: unknown) =>
    editHoursSchema
      .safeParse({ hours, replyOpenHours: 8, escalation: { coverAfterMinutes: 30, allAfterMinutes: 60 } })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  const monday = (...spans: [string, string][]) => ({
    ...DEFAULT_OPENING_HOURS,
    week: [spans.map(([from, to]) => ({ from, to })), [], [], [], [], [], []],
  });

  it.each([
    [monday(['08:00', '12:00'], ['12:00', '17:00']), []],
    [monday(['18:00', '00:00'], ['00:00', '06:00']), []],
    [monday(['17:00', '08:00']), ['hours.week.0.0 ends_before_start']],
    [monday(['08:00', '08:00']), ['hours.week.0.0 ends_before_start']],
    [monday(['08:00', '12:00'], ['11:59', '17:00']), ['hours.week.0 overlap']],
    [monday(['', '12:00']), ['hours.week.0.0.from time']],
    [closedOn('2026-12-25', '2026-12-25'), ['hours.holidays twice']],
    [closedOn('2026-02-30'), ['hours.holidays.0.on Invalid input']],
  ])('%j: %j', (hours, issues) => {
    expect(edited(hours)).toEqual(issues);
  });

  it('tells all not before the cover', () => {
    const parsed = escalationSchema.safeParse({ coverAfterMinutes: 30, allAfterMinutes: 29 });
    expect(parsed.error?.issues).toMatchObject([{ path: ['allAfterMinutes'], message: 'before_cover' }]);
  });
});
