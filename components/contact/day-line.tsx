'use client';

import { useReaderZone } from '#client/device/reader-zone';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { addDays, type LocalDay, localDay } from '#domain/time/local-day';

/** The reader's day on which something stands; the same for all of one day. */
export function useDayOf(): (at: number) => LocalDay {
  const zone = useReaderZone();
  return (at) => localDay(at, zone ?? 'UTC');
}

/** Between the messages of two days: the later day's name. */
export function DayLine({ day, nowMs }: { day: LocalDay; nowMs: number }) {
  const t = useTranslations('messages');
  const nameOf = useDayName();
  const today = useDayOf()(nowMs);
  const words = day === today ? t('today') : day === addDays(today, -1) ? t('yesterday') : nameOf(day);
  return (
    <li className="day">
      <span className="over">{words}</span>
    </li>
  );
}
