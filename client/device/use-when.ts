import { useFormatter, useLocale } from 'next-intl';
import { MINUTE_MS } from '#domain/time/duration';
import { CLOCK, STYLES, type When, whenIn } from './clock/when';
import { useReaderZone } from './reader-zone';

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
  return whenIn({ format: useFormatter(), locale: useLocale(), zone: useReaderZone() });
}

/** Calendar days `YYYY-MM-DD` as text; they belong to no zone. */
export function useDayName(): (day: string, style?: keyof typeof DAY_STYLES) => string {
  const format = useFormatter();
  return (day, style = 'date') =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { ...DAY_STYLES[style], timeZone: 'UTC' });
}

const DAY_STYLES = {
  date: STYLES.date,
  weekday: { weekday: 'short' },
  column: { weekday: 'short', day: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  inYear: { day: 'numeric', month: 'long' },
  inMonth: { day: 'numeric' },
} as const;

/** What a wall clock shows, whosever it is: minutes since 00:00. */
export function useWallClock(): (minutes: number) => string {
  const format = useFormatter();
  return (minutes) => format.dateTime(minutes * MINUTE_MS, { ...CLOCK, timeZone: 'UTC' });
}
