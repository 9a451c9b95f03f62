import { CircleCheck, CircleSlash } from 'lucide-react';
import type { Outputs } from '#client/api/trpc';
import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { SelectField } from '#components/form/field';
import { SERIES_MAX } from '#domain/visit/series';
import type { Booking } from './use-booking';

type RepeatProps = { repeat: Booking['repeat']; onChange(repeat: Booking['repeat']): void };

const COUNTS = Array.from({ length: SERIES_MAX - 1 }, (_, n) => n + 2);
const EVERY = [0, 1, 2] as const;

/** Whether the visit comes again at the same time of other weeks, and how often in all. */
export function Repetition({ repeat, onChange }: RepeatProps) {
  const t = useTranslations('schedule.series');
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8.25rem),1fr))] gap-4">
      <SelectField
        label={t('repeat')}
        value={repeat.everyWeeks}
        onChange={({ target }) =>
          onChange({ ...repeat, everyWeeks: EVERY.find((one) => String(one) === target.value) ?? 0 })
        }
      >
        {EVERY.map((every) => (
          <option key={every} value={every}>
            {t(`every.${every}`)}
          </option>
        ))}
      </SelectField>
      {repeat.everyWeeks === 0 ? null : (
        <SelectField
          label={t('count')}
          value={repeat.count}
          onChange={({ target }) => onChange({ ...repeat, count: Number(target.value) })}
        >
          {COUNTS.map((count) => (
            <option key={count} value={count}>
              {t('visits', { count })}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  );
}

/** Each time of the series before it is booked; what is not possible is left out, and says why. */
export function SeriesTimes({ times }: { times: Outputs['visits']['seriesPreview']['times'] }) {
  const t = useTranslations('schedule.series');
  const when = useWhen(null);
  const dayName = useDayName();
  return (
    <section className="grid gap-1">
      <h3 className="label">{t('times')}</h3>
      <ol className="grid gap-1">
        {times.map(({ day, at, hindrance }) => (
          <li key={day} className="flex items-start gap-2">
            {hindrance === null ? (
              <CircleCheck size={18} aria-hidden="true" className="mt-0.5 text-good" />
            ) : (
              <CircleSlash size={18} aria-hidden="true" className="mt-0.5" />
            )}
            <span>
              {at === null ? dayName(day) : when(at)}
              {hindrance === null ? null : <strong> {t(`hindrance.${hindrance}`)}</strong>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
