import { useFormatter } from 'next-intl';
import { useReaderZone } from './reader-zone';

/** Instants as the clock of whoever reads shows them; until that clock is known, with the name of the zone that is given. */
export function useWhen(otherZone: string): (at: number) => string {
  const format = useFormatter();
  const readerZone = useReaderZone();
  const zone = readerZone === null ? { timeZone: otherZone, timeZoneName: 'short' as const } : { timeZone: readerZone };
  return (at) =>
    format.dateTime(at, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      ...zone,
    });
}
