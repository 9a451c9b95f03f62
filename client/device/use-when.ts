import { useFormatter } from 'next-intl';
import { MINUTE_MS } from '#domain/time/duration';
import { localDay, localMinutes } from '#domain/time/local-day';
import { useReaderZone } from './reader-zone';

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** How an instant is written; the last two name no hour. */
const STYLES = {
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

/** Whether two zones show the same at an instant: then there is nothing to name. */
function isSameClock(at: number, one: string, other: string): boolean {
  return (
    one === other || (localMinutes(at, one) === localMinutes(at, other) && localDay(at, one) === localDay(at, other))
  );
}

export type When = (at: number, style?: WhenStyle) => string;

/**
 * Instants as text: the only way in which screens write them. By the clock of whoever reads (`zone` null), or by that of
 * `zone`, which is then named wherever the reader's own clock shows something else. While the server draws, which knows no
 * reader, the zone is always named.
 */
export function useWhen(zone: string | null): When {
  return useWhenIn()(zone);
}

/** The same where each row has a zone of its own. */
export function useWhenIn(): (zone: string | null) => When {
  const format = useFormatter();
  const readerZone = useReaderZone();
  return (zone) => {
    const timeZone = zone ?? readerZone ?? 'UTC';
    return (at, style = 'moment') => {
      const isOwn = readerZone !== null && isSameClock(at, timeZone, readerZone);
      return format.dateTime(at, { ...STYLES[style], timeZone, ...(isOwn ? {} : { timeZoneName: 'short' }) });
    };
  };
}

/** Calendar days `YYYY-MM-DD` as text; they belong to no zone. */
export function useDayName(): (day: string, style?: 'date' | 'weekday') => string {
  const format = useFormatter();
  return (day, style = 'date') =>
    format.dateTime(new Date(`${day}T12:00:00Z`), {
      ...(style === 'date' ? STYLES.date : { weekday: 'short' }),
      timeZone: 'UTC',
    });
}

/** What a wall clock shows, whosever it is: minutes since 00:00. */
export function useWallClock(): (minutes: number) => string {
  const format = useFormatter();
  return (minutes) => format.dateTime(minutes * MINUTE_MS, { ...CLOCK, timeZone: 'UTC' });
}
