'use client';

import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ModeIcon } from '#components/visit/mode';
import { MINUTE_MS } from '#domain/time/duration';
import { segmentsOf } from '#domain/visit/week-grid';
import type { Aim } from './use-moving';
import type { WeekData } from './use-week';
import { placeStyle } from './visit-block';

/** Where on the grid something of so many minutes would be; null where its day is not shown. */
function placeOf(at: number, minutes: number, week: WeekData, timeZone: string) {
  const [first] = segmentsOf({ id: '', fromMs: at, untilMs: at + minutes * MINUTE_MS }, timeZone);
  const column = first ? week.days.indexOf(first.day) : -1;
  if (!first || column === -1) return null;
  const from = Math.max(first.from, week.hours.from * 60);
  const isInside = from < week.hours.until * 60;
  return isInside ? { column, from, until: Math.max(first.until, from + 15) } : null;
}

type GhostProps = {
  aim: Aim;
  at: number;
  week: WeekData;
  timeZone: string;
  isTaken: boolean;
  onStep(by: { days?: number; steps?: number }): void;
  onKeep(): void;
  onGiveBack(): void;
};

const STEPS: Readonly<Record<string, { days?: number; steps?: number }>> = {
  ArrowUp: { steps: -1 },
  ArrowDown: { steps: 1 },
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
};

/** The visit that is moved, at the time that is aimed at: by arrows further, by Enter asked about, by Escape given back. */
export function MovingBlock({ aim, at, week, timeZone, isTaken, onStep, onKeep, onGiveBack }: GhostProps) {
  const t = useTranslations('schedule.move');
  const when = useWhen(null);
  const block = useRef<HTMLButtonElement>(null);
  const { id, patientName: name, durationMinutes, mode } = aim.visit;
  // The focus goes to it when a move begins, not at each step.
  useEffect(() => {
    if (id) block.current?.focus({ preventScroll: true });
  }, [id]);
  const place = placeOf(at, durationMinutes, week, timeZone);
  function press(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (!step && event.key !== 'Enter' && event.key !== ' ' && event.key !== 'Escape') return;
    event.preventDefault();
    const isTurned = document.documentElement.dir === 'rtl' && step?.days !== undefined;
    if (step) onStep(isTurned ? { days: -(step.days ?? 0) } : step);
    else if (event.key === 'Escape') onGiveBack();
    else onKeep();
  }
  return (
    <div className="wk-aim" style={{ '--column': (place?.column ?? 0) + 2 } as CSSProperties}>
      <button
        ref={block}
        type="button"
        className={place ? 'ev wk-at pointer-events-auto' : 'vh'}
        style={place ? placeStyle(place.from, place.until) : undefined}
        data-taken={isTaken || undefined}
        aria-describedby="moving-keys"
        onKeyDown={press}
      >
        <b>
          <ModeIcon mode={mode} size={14} /> <span>{t('moving', { name })}</span>
        </b>
        <small>{when(at, 'weekday')}</small>
      </button>
      <span id="moving-keys" className="vh">
        {t('keys')}
      </span>
    </div>
  );
}

/** Where the visit would be that the form is about. */
export function Slot({
  at,
  minutes,
  week,
  timeZone,
}: {
  at: number;
  minutes: number;
  week: WeekData;
  timeZone: string;
}) {
  const when = useWhen(null);
  const place = placeOf(at, minutes, week, timeZone);
  if (!place) return null;
  return (
    <div className="wk-aim" style={{ '--column': place.column + 2 } as CSSProperties} aria-hidden="true">
      <p className="ev slot wk-at" style={placeStyle(place.from, place.until)}>
        <b>
          <span>{when(at, 'time')}</span>
        </b>
      </p>
    </div>
  );
}
