'use client';

import { useTranslations } from '#client/device/words/translations';

type AnswerGridProps = {
  legend: string;
  name: string;
  low: string;
  high: string;
  /** undefined = nothing chosen yet; null = "No answer" was chosen. */
  value: number | null | undefined;
  onChange(value: number | null): void;
};

const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** 0 to 10 as a grid with a dashed twelfth answer. Nothing is chosen at the start; no answer is an answer. */
export function AnswerGrid({ legend, name, low, high, value, onChange }: AnswerGridProps) {
  const t = useTranslations('answer');
  return (
    <fieldset className="grid gap-2">
      <legend className="label mb-2">{legend}</legend>
      <div className="pain">
        {NUMBERS.map((number) => (
          <label
            key={number}
            style={{ backgroundColor: `var(--pain-${number})`, color: number > 5 ? '#fff' : '#1b1430' }}
          >
            <input type="radio" name={name} checked={value === number} onChange={() => onChange(number)} />
            <span>{number}</span>
            <i style={{ height: 2 + number * 1.2, background: 'currentColor' }} />
          </label>
        ))}
        <label className="none">
          <input type="radio" name={name} checked={value === null} onChange={() => onChange(null)} />
          <span>{t('none')}</span>
        </label>
      </div>
      <p className="small muted flex justify-between" aria-hidden="true">
        <span>{low}</span>
        <span>{high}</span>
      </p>
    </fieldset>
  );
}
