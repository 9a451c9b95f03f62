'use client';

import { useId } from 'react';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import { type Holiday, holidaySchema } from '#domain/time/opening-hours';

export type HolidayProblem = 'holiday' | 'twice';
type Typed = { holidays: Holiday[]; problem: HolidayProblem | null };

/** The holidays with the one that stands in the fields; as they are where nothing does, or it is none. */
export function withTyped(holidays: Holiday[], form: FormData): Typed {
  const typed = { on: String(form.get('holidayOn') ?? ''), name: String(form.get('holidayName') ?? '') };
  if (typed.on === '' && typed.name.trim() === '') return { holidays, problem: null };
  const parsed = holidaySchema.safeParse(typed);
  if (!parsed.success) return { holidays, problem: 'holiday' };
  if (holidays.some(({ on }) => on === parsed.data.on)) return { holidays, problem: 'twice' };
  return { holidays: [...holidays, parsed.data], problem: null };
}

type HolidaysProps = {
  holidays: readonly Holiday[];
  problem: HolidayProblem | null;
  onAdd(form: FormData): void;
  onChange(holidays: Holiday[]): void;
};

/** Whole days on which the clinic is closed; one more is added below them, or with the button that saves. */
export function Holidays({ holidays, problem, onAdd, onChange }: HolidaysProps) {
  const t = useTranslations('hours');
  const dayName = useDayName();
  const id = useId();
  const sorted = holidays.toSorted((a, b) => (a.on < b.on ? -1 : 1));
  return (
    <section className="grid min-w-0 grid-cols-1 gap-3 md:col-span-3" aria-labelledby={id}>
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
      {/* Empty again once what stood in them is in the list. */}
      <div
        key={holidays.length}
        className="flex min-w-0 flex-wrap items-end gap-3 [&>.field]:min-w-0 [&>.field]:max-w-full"
      >
        <TextField label={t('holidayOn')} type="date" name="holidayOn" />
        <TextField label={t('holidayName')} name="holidayName" maxLength={80} />
        <button
          type="button"
          className="btn quiet min-h-12"
          onClick={({ currentTarget: { form } }) => {
            if (form) onAdd(new FormData(form));
          }}
        >
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
