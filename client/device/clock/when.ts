import type { useFormatter } from 'next-intl';
import { localDay, localMinutes } from '#domain/time/local-day';

export const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** How an instant is written; the last two name no hour. */
export const STYLES = {
  moment: { weekday: 'short', day: 'numeric', month: 'short', ...CLOCK },
  weekday: { weekday: 'short', ...CLOCK },
  time: CLOCK,
  /** Always with its zone, where one wall time is two instants. */
  named: CLOCK,
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

/** As its readers write it, such as GMT or GMT+5:45. */
function zoneName(locale: string, timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

type Reader = {
  format: Format;
  locale: string;
  /** Null = not known: then the zone is always named. */
  zone: string | null;
};

export function whenIn({ format, locale, zone: readerZone }: Reader): (zone: string | null) => When {
  return (zone) => {
    const timeZone = zone ?? readerZone ?? 'UTC';
    return (at, style = 'moment') => {
      const written = format.dateTime(at, { ...STYLES[style], timeZone });
      const isOwn = readerZone !== null && isSameClock(at, style, timeZone, readerZone);
      if (isOwn && style !== 'named') return written;
      // Put behind it here: asked for the name too, some languages write the hour in another way ("02:08" beside "2:08").
      return `${written} ${zoneName(locale, timeZone, at)}`;
    };
  };
}
