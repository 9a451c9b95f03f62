'use client';

import { ClipboardCheck } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type LocalDay, localDay } from '#domain/time/local-day';
import { wallTime } from '#domain/time/wall-time';
import type { Placed } from '#domain/visit/week-grid';
import type { WeekData } from './use-week';
import { placeStyle } from './visit-block';

type DayProps = {
  day: LocalDay;
  week: WeekData;
  nowMs: number;
  timeZone: string;
  isChosen: boolean;
  /** How many check-ins wait for an answer now. */
  toReview: number;
  block(place: Placed): ReactNode;
};

/** One day from its first hour that is shown to its last. */
export function DayColumn({ day, week, nowMs, timeZone, isChosen, toReview, block }: DayProps) {
  const t = useTranslations('schedule.grid');
  const dayName = useDayName();
  const isToday = localDay(nowMs, timeZone) === day;
  const now = wallTime(nowMs, timeZone).minutes;
  const hasNow = isToday && now >= week.hours.from * 60 && now <= week.hours.until * 60;
  const blocks = week.blocks(day);
  return (
    <section
      className="wk-day"
      data-today={isToday || undefined}
      data-chosen={isChosen || undefined}
      style={{ '--column': week.days.indexOf(day) + 2 } as CSSProperties}
    >
      <h2>
        <span aria-hidden="true">{dayName(day, 'column')}</span>
        <span className="vh">
          {dayName(day, 'full')}
          {isToday ? `, ${t('today')}` : ''}
        </span>
      </h2>
      <div className="wk-lane" data-lane={day}>
        {week.off(day).map(({ id, from, until }) => (
          <div key={id} className="wk-at wk-off" style={clipped(from, until, week)} />
        ))}
        {week.notes(day).map(({ id, from, until, note }) => (
          <div key={id} className="wk-at pointer-events-none inset-x-0" style={clipped(from, until, week)}>
            <p className="wk-note">{note}</p>
          </div>
        ))}
        {week.reviews(day).map(({ id, from, until }) => (
          <div key={id} className="wk-at ev-place" style={{ ...placeStyle(from, until), ...WHOLE }}>
            <p
              className="ev reviews"
              data-past={(isToday ? until <= now : day < localDay(nowMs, timeZone)) || undefined}
            >
              <b>
                <ClipboardCheck size={14} strokeWidth={2.2} aria-hidden="true" /> <span>{t('reviews')}</span>
              </b>
              {isToday && until > now ? <small>{t('toReview', { count: toReview })}</small> : null}
            </p>
          </div>
        ))}
        {hasNow ? <div className="wk-at wk-now" style={placeStyle(now, now)} /> : null}
        {blocks.length === 0 ? <p className="vh">{t('free')}</p> : <ol>{blocks.map(block)}</ol>}
      </div>
    </section>
  );
}

const WHOLE = { '--lane': 0, '--lanes': 1, zIndex: 0 };

/** What of a span lies among the hours that are shown. */
function clipped(from: number, until: number, { hours }: WeekData) {
  const [first, last] = [hours.from * 60, hours.until * 60];
  const start = Math.min(Math.max(from, first), last);
  return placeStyle(start, Math.max(start, Math.min(until, last)));
}
