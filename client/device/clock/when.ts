import type { useFormatter } from 'next-intl';
import { localDay, localMinutes } from '#domain/time/local-day';

export const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** How an instant is written; the last two name no hour. */
export const STYLES = {
  moment: { weekday: 'short', day: 'numeric', month: 'short', ...CLOCK },
  weekday: { weekday: 'short', ...CLOCK },
  time: CLOCK,
  /** Always with its zone, where one wall time is two instants. */
  named: { ...CLOCK, timeZoneName: 'short' },
  dated: { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK },
  long: { day: 'numeric', month: 'long', year: 'numeric', ...CLOCK },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...CLOCK },
  seconds: { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK, second: '2-digit' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
} as const;

type WhenStyle = keyof typeof STYLES;

/** Whether two zones show the same at an instant: then there is nothing to name. Of a date the day alone is shown. */
function isSameClock(at: number, style: WhenStyle, one: string, other: string): boolean {
  if (one === other) return true;
  const isSameDay = localDay(at, one) === localDay(at, other);
  return isSameDay && (style === 'date' || style === 'day' || localMinutes(at, one) === localMinutes(at, other));
}

export type When = (at: number, style?: WhenStyle) => string;

type Format = Pick<ReturnType<typeof useFormatter>, 'dateTime'>;

/** `readerZone` null = not known: then the zone is always named. */
export function whenIn(format: Format, readerZone: string | null): (zone: string | null) => When {
  return (zone) => {
    const timeZone = zone ?? readerZone ?? 'UTC';
    return (at, style = 'moment') => {
      const isOwn = readerZone !== null && isSameClock(at, style, timeZone, readerZone);
      return format.dateTime(at, { ...STYLES[style], timeZone, ...(isOwn ? {} : { timeZoneName: 'short' }) });
    };
  };
}
