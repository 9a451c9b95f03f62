'use client';

import { ClipboardCheck } from 'lucide-react';
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useWallClock } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ModeIcon } from '#components/visit/mode';
import type { LocalDay } from '#domain/time/local-day';
import type { WallTime } from '#domain/time/wall-time';
import { VISIT_MODES } from '#domain/visit/lifecycle';
import { STEP_MINUTES } from '#domain/visit/week-grid';
import { pointedAt } from './pointed';
import type { WeekData } from './use-week';
import type { View } from './view';

/** Blocks that last less than this need more room for each hour, so that they can be hit. */
const LOW_MINUTES = 20;

type GridProps = {
  grid: RefObject<HTMLElement | null>;
  view: View;
  week: WeekData;
  day(day: LocalDay): ReactNode;
  /** An empty place was pressed. */
  onEmpty(at: WallTime): void;
  /** What lies over the days: a visit that is moved, the time of the form. */
  children: ReactNode;
};

/** The days of a week, or one of them, with their hours. */
export function WeekGrid({ grid, view, week, day, onEmpty, children }: GridProps) {
  const clock = useWallClock();
  const { from, until } = week.hours;
  usePressedPlace(grid, week.hours, onEmpty);
  const hours = Array.from({ length: until - from }, (_, n) => from + n);
  return (
    <section
      ref={grid}
      className="wk"
      data-view={view.kind}
      data-low={week.visits.some(({ durationMinutes }) => durationMinutes < LOW_MINUTES) || undefined}
      aria-busy={week.isLoading}
      style={{ '--count': week.days.length, '--from': from, '--hours': until - from } as CSSProperties}
    >
      <div className="wk-hours" aria-hidden="true">
        {hours.map((hour, n) => (
          <span key={hour} style={{ '--n': n } as CSSProperties}>
            {clock(hour * 60)}
          </span>
        ))}
      </div>
      {week.days.map(day)}
      {children}
    </section>
  );
}

/**
 * A press on an empty place says its day and time; the form beside it asks for the same, so that nobody needs to. It hangs
 * on the grid as a whole: a place is no control of its own.
 */
function usePressedPlace(grid: GridProps['grid'], hours: WeekData['hours'], onEmpty: GridProps['onEmpty']) {
  const latest = useRef({ hours, onEmpty });
  useEffect(() => {
    latest.current = { hours, onEmpty };
  });
  useEffect(() => {
    const { current } = grid;
    const press = ({ target, clientX: x, clientY: y }: MouseEvent) => {
      if (!current || !(target instanceof HTMLElement) || target.dataset.lane === undefined) return;
      const wall = pointedAt(current, { x, y }, latest.current.hours);
      if (!wall) return;
      const minutes = Math.floor(wall.minutes / STEP_MINUTES) * STEP_MINUTES;
      latest.current.onEmpty({ day: wall.day, minutes: Math.min(Math.max(0, minutes), 24 * 60 - STEP_MINUTES) });
    };
    current?.addEventListener('click', press);
    return () => current?.removeEventListener('click', press);
  }, [grid]);
}

/** What the signs mean. */
export function Legend() {
  const t = useTranslations('schedule.grid');
  return (
    <p className="wk-key">
      {VISIT_MODES.map((mode) => (
        <span key={mode}>
          <ModeIcon mode={mode} /> {t(`mode.${mode}`)}
        </span>
      ))}
      <span>
        <ClipboardCheck size={15} strokeWidth={2.2} aria-hidden="true" /> {t('reviews')}
      </span>
      <span>
        <i /> {t('notBookable')}
      </span>
    </p>
  );
}
