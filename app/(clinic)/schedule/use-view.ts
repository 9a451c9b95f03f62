import { useSearchParams } from 'next/navigation';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useReaderZone } from '#client/device/reader-zone';
import { type LocalDay, localDay } from '#domain/time/local-day';
import { mondayOf } from '#domain/visit/week-grid';
import { addressOf, type View, viewOf } from './view';

/** The view that the address names, by the reader's own days, and the way to another one. */
export function useView() {
  const params = useSearchParams();
  const timeZone = useReaderZone() ?? 'UTC';
  const today = localDay(useMinute(), timeZone);
  const view = viewOf({ week: params?.get('week'), day: params?.get('day') }, today);
  const show = (next: View) => {
    const address = addressOf(next);
    if (address !== addressOf(view)) window.history.pushState(null, '', address);
  };
  return {
    ...{ view, today, timeZone, show },
    /** The same kind of view, on another day. */
    goTo: (day: LocalDay, kind: View['kind'] = view.kind) => show({ kind, monday: mondayOf(day), day }),
  };
}
