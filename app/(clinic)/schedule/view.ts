import { isLocalDay, type LocalDay } from '#domain/time/local-day';
import { mondayOf } from '#domain/visit/week-grid';

/** What the calendar shows: the week of `monday`, and of it the day that a telephone, or the view of a day, has. */
export type View = { kind: 'day' | 'week'; monday: LocalDay; day: LocalDay };

type Asked = { week?: unknown; day?: unknown };

/** The address of the page, parsed: `?week=2026-11-16`, any day of it, or `?day=2026-11-19`; anything else is today's week. */
export function viewOf({ week, day }: Asked, today: LocalDay): View {
  const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
  const one = first(day);
  if (isShown(one)) return { kind: 'day', monday: mondayOf(one), day: one };
  const some = first(week);
  const chosen = isShown(some) ? some : today;
  return { kind: 'week', monday: mondayOf(chosen), day: chosen };
}

/** Days that visits can be planned on, with room at both ends for the days around. */
function isShown(value: unknown): value is LocalDay {
  return typeof value === 'string' && isLocalDay(value) && value > '2000-01-10' && value < '2099-12-20';
}

/** Where a view stands, to be linked and found again after a reload. */
export const addressOf = ({ kind, day }: View): string => `?${kind}=${day}`;
