'use client';

import { useId, useRef } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { withAsciiDigits } from '#domain/input/digits';

type StepperProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  /** What it was before, where the change matters ("was 5 s"). */
  was?: string | null;
  onChange(value: number): void;
};

const REPEAT_AFTER_MS = 400;
const REPEAT_EVERY_MS = 110;

/** − value +, typing allowed, holding repeats. In place of sliders, which need a drag. */
export function Stepper({ label, value, min, max, step = 1, unit, was = null, onChange }: StepperProps) {
  const t = useTranslations('stepper');
  const id = useId();
  const latest = useRef(value);
  latest.current = value;
  const set = (next: number) => {
    const bounded = Math.min(max, Math.max(min, Math.round(next / step) * step));
    if (bounded !== latest.current) onChange(bounded);
  };
  const less = useRepeat(() => set(latest.current - step));
  const more = useRepeat(() => set(latest.current + step));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className={`step ${was ? 'changed' : ''}`}>
        <button type="button" aria-label={t('less', { label })} disabled={value <= min} {...less}>
          {'−'}
        </button>
        <span className="grid grid-flow-col items-center justify-center gap-1 border-x border-line px-1">
          <input
            id={id}
            inputMode="numeric"
            className="w-[3.2ch] bg-transparent text-center font-bold outline-offset-0"
            value={value}
            onChange={(event) => {
              const typed = Number(withAsciiDigits(event.target.value).replaceAll(/\D/g, ''));
              if (Number.isFinite(typed)) set(typed);
            }}
          />
          {unit ? <span aria-hidden="true">{unit}</span> : null}
        </span>
        <button type="button" aria-label={t('more', { label })} disabled={value >= max} {...more}>
          {'+'}
        </button>
      </div>
      {was ? <p className="small text-action-ink">{was}</p> : null}
    </div>
  );
}

/** Acts on a click, and again and again while it is held. Keys click, so they need no holding. */
function useRepeat(act: () => void) {
  const timers = useRef<{ first?: ReturnType<typeof setTimeout>; next?: ReturnType<typeof setInterval> }>({});
  const stop = () => {
    clearTimeout(timers.current.first);
    clearInterval(timers.current.next);
  };
  return {
    onClick: act,
    onPointerDown: () => {
      timers.current.first = setTimeout(() => {
        timers.current.next = setInterval(act, REPEAT_EVERY_MS);
      }, REPEAT_AFTER_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
  };
}
