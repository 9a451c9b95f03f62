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
  const go = (next: View, how: 'pushState' | 'replaceState') => {
    const address = addressOf(next);
    if (address !== addressOf(view)) window.history[how](null, '', address);
  };
  const to = (day: LocalDay, kind: View['kind']): View => ({ kind, monday: mondayOf(day), day });
  return {
    ...{ view, today, timeZone },
    show: (next: View) => go(next, 'pushState'),
    /** The same kind of view, on another day. */
    goTo: (day: LocalDay) => go(to(day, view.kind), 'pushState'),
    /** The same without a step of its own on the way back: for a visit that is moved past the edge. */
    follow: (day: LocalDay) => go(to(day, view.kind), 'replaceState'),
  };
}
