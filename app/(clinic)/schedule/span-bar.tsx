'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { addDays, isLocalDay, type LocalDay } from '#domain/time/local-day';
import { mondayOf } from '#domain/visit/week-grid';
import type { View } from './view';

type BarProps = {
  view: View;
  days: readonly LocalDay[];
  today: LocalDay;
  planned: number | null;
  show(view: View): void;
};

/** Which days are shown, and the way to others. */
export function SpanBar({ view, days, today, planned, show }: BarProps) {
  const t = useTranslations('schedule.page');
  const g = useTranslations('schedule.grid');
  const b = useTranslations('schedule');
  const dayName = useDayName();
  const go = (day: LocalDay, kind: View['kind']) => show({ kind, monday: mondayOf(day), day });
  const [first = view.monday, last = view.monday] = [days[0], days[days.length - 1]];
  return (
    <header className="flex flex-wrap items-center gap-3">
      <div className="min-w-[min(100%,14rem)] grow">
        <h1 id="shown-days" tabIndex={-1} className="page-title">
          <span className="vh">{t('title')}</span>{' '}
          <span className="only-week">
            {b('between', {
              from: dayName(first, shared(first, last, today)),
              until: dayName(last, ending(last, today)),
            })}
          </span>
          <span className="only-day">{dayName(view.day, 'full')}</span>
        </h1>
        <p className="muted" role="status">
          {planned === null ? g('loading') : planned === 0 ? t('empty') : t('lead', { count: planned })}
        </p>
      </div>
      <fieldset className="seg hidden md:grid">
        <legend className="vh">{g('view')}</legend>
        {(['day', 'week'] as const).map((kind) => (
          <button key={kind} type="button" aria-pressed={view.kind === kind} onClick={() => show({ ...view, kind })}>
            {g(`views.${kind}`)}
          </button>
        ))}
      </fieldset>
      <div className="only-week">
        <Steps
          names={{ before: g('weekBefore'), now: g('thisWeek'), after: g('weekAfter') }}
          before={() => go(addDays(view.monday, -7), 'week')}
          now={() => go(today, 'week')}
          after={() => go(addDays(view.monday, 7), 'week')}
        />
      </div>
      <div className="only-day">
        <Steps
          names={{ before: g('dayBefore'), now: g('today'), after: g('dayAfter') }}
          before={() => go(addDays(view.day, -1), 'day')}
          now={() => go(today, 'day')}
          after={() => go(addDays(view.day, 1), 'day')}
        />
      </div>
      <label>
        <span className="vh">{g('goTo')}</span>
        <input
          type="date"
          className="input w-auto"
          value={view.day}
          min="2000-01-11"
          max="2099-12-19"
          onChange={({ target: { value } }) => {
            if (isLocalDay(value) && value > '2000-01-10') go(value, view.kind);
          }}
        />
      </label>
    </header>
  );
}

/** This year needs no name. */
const ending = (last: LocalDay, today: LocalDay) => (last.slice(0, 4) === today.slice(0, 4) ? 'inYear' : 'long');

/** What the last day says already is not said of the first one. */
function shared(first: LocalDay, last: LocalDay, today: LocalDay) {
  if (first.slice(0, 7) === last.slice(0, 7)) return 'inMonth';
  return first.slice(0, 4) === last.slice(0, 4) ? 'inYear' : ending(first, today);
}

type StepsProps = {
  names: { before: string; now: string; after: string };
  before(): void;
  now(): void;
  after(): void;
};

function Steps({ names, before, now, after }: StepsProps) {
  return (
    <div className="flex gap-3">
      <button type="button" className="btn icon quiet" aria-label={names.before} onClick={before}>
        <ChevronLeft aria-hidden="true" size={19} className="rtl:-scale-x-100" />
      </button>
      <button type="button" className="btn quiet" onClick={now}>
        {names.now}
      </button>
      <button type="button" className="btn icon quiet" aria-label={names.after} onClick={after}>
        <ChevronRight aria-hidden="true" size={19} className="rtl:-scale-x-100" />
      </button>
    </div>
  );
}
