'use client';

import { useId, useState } from 'react';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import { type Holiday, holidaySchema } from '#domain/clinic/hours';

type HolidaysProps = { holidays: readonly Holiday[]; onChange(holidays: Holiday[]): void };

const NOTHING: Holiday = { on: '', name: '' };

/** Whole days on which the clinic is closed; one more is added below them. */
export function Holidays({ holidays, onChange }: HolidaysProps) {
  const t = useTranslations('hours');
  const dayName = useDayName();
  const id = useId();
  const [next, setNext] = useState(NOTHING);
  const [problem, setProblem] = useState<'holiday' | 'twice' | null>(null);
  const sorted = holidays.toSorted((a, b) => (a.on < b.on ? -1 : 1));

  function add() {
    const parsed = holidaySchema.safeParse(next);
    if (!parsed.success) return setProblem('holiday');
    if (holidays.some(({ on }) => on === parsed.data.on)) return setProblem('twice');
    onChange([...holidays, parsed.data]);
    setNext(NOTHING);
    setProblem(null);
  }
  return (
    <section className="grid gap-3 md:col-span-3" aria-labelledby={id}>
      <h3 id={id} className="label">
        {t('holidays')}
      </h3>
      {sorted.length === 0 ? <p className="muted">{t('noHolidays')}</p> : null}
      <ul className="grid gap-2 empty:hidden">
        {sorted.map(({ on, name }) => (
          <li key={on} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 wrap-anywhere">
              {dayName(on)} <strong>{name}</strong>
            </span>
            <button
              type="button"
              className="btn plain min-h-12"
              aria-label={t('removeHoliday', { name, day: dayName(on) })}
              onClick={() => onChange(holidays.filter((one) => one.on !== on))}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={t('holidayOn')}
          type="date"
          value={next.on}
          onChange={({ target }) => setNext({ ...next, on: target.value })}
        />
        <TextField
          label={t('holidayName')}
          maxLength={80}
          value={next.name}
          onChange={({ target }) => setNext({ ...next, name: target.value })}
        />
        <button type="button" className="btn quiet min-h-12" onClick={add}>
          {t('addHoliday')}
        </button>
      </div>
      {problem ? (
        <p role="alert" className="problem small">
          {t(`problem.${problem}`)}
        </p>
      ) : null}
    </section>
  );
}
