'use client';

import { useId } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import type { OpeningSpan } from '#domain/time/opening-hours';

/** Times as they were when their row came to stand on the page; what stands there since is the form's. */
type OpeningRow = OpeningSpan & { key: string };
type DayRows = OpeningRow[];

/** The same keys wherever the page is drawn first; `name` tells several weeks of one form apart. */
export const rowsOf = (week: readonly OpeningSpan[][], name = 'opening'): DayRows[] =>
  week.map((spans, day) => spans.map((span) => ({ ...span, key: `${name}-${day}-${span.from}` })));

const newRow = (): OpeningRow => ({ from: '', to: '', key: uuidv7() });
const nameOf = ({ key }: OpeningRow, end: keyof OpeningSpan) => `opening-${key}-${end}`;

/** What stands in the fields of these rows, typed before the page was ready too. */
export function typedWeek(week: readonly DayRows[], form: FormData): OpeningSpan[][] {
  const typed = (row: OpeningRow, end: keyof OpeningSpan) => String(form.get(nameOf(row, end)) ?? '');
  return week.map((rows) => rows.map((row) => ({ from: typed(row, 'from'), to: typed(row, 'to') })));
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const PROBLEMS = ['ends_before_start', 'overlap'] as const;

type WeekProps = {
  week: readonly DayRows[];
  /** What is wrong, by the path of what it stands in. */
  wrong: ReadonlyMap<string, string>;
  onChange(week: DayRows[]): void;
  /** The path of the week in what `wrong` is about. */
  path?: string;
  /** What is said of a week without any times, and of a day. */
  words?: { never: string; closed: string };
};

/** Seven days with their times; a day without any is closed. */
export function Week({ week, wrong, onChange, path = 'hours.week', words }: WeekProps) {
  const t = useTranslations('hours');
  const isNever = week.every((rows) => rows.length === 0);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4 md:col-span-3">
      {DAYS.map((day, index) => (
        <OpeningDay
          key={day}
          name={t(`day.${day}`)}
          closed={words?.closed ?? t('closed')}
          rows={week[index] ?? []}
          problem={problemIn(wrong, `${path}.${index}`)}
          onChange={(rows) => onChange(week.map((before, other) => (other === index ? rows : before)))}
        />
      ))}
      <p className="small muted">{t('midnight')}</p>
      <p role="status" className="state care whitespace-normal empty:hidden">
        {isNever ? (words?.never ?? t('never')) : ''}
      </p>
    </div>
  );
}

function problemIn(wrong: ReadonlyMap<string, string>, path: string) {
  const found = [...wrong].find(([where]) => where === path || where.startsWith(`${path}.`));
  return found ? (PROBLEMS.find((one) => one === found[1]) ?? 'time') : null;
}

type DayProps = {
  name: string;
  closed: string;
  rows: DayRows;
  problem: 'time' | (typeof PROBLEMS)[number] | null;
  onChange(rows: DayRows): void;
};

function OpeningDay({ name, closed, rows, problem, onChange }: DayProps) {
  const t = useTranslations('hours');
  const problemId = useId();
  return (
    <fieldset
      className="grid min-w-0 grid-cols-1 gap-2 border-line border-b pb-3 md:grid-cols-[10rem_minmax(0,1fr)] md:gap-4"
      aria-describedby={problem ? problemId : undefined}
    >
      <legend className="label md:float-left">{name}</legend>
      <div className="grid min-w-0 grid-cols-1 gap-2 md:col-start-2">
        {rows.length === 0 ? <p className="muted">{closed}</p> : null}
        {rows.map((row, index) => (
          <div
            key={row.key}
            className="flex min-w-0 flex-wrap items-end gap-3 [&>.field]:min-w-0 [&>.field]:max-w-full"
          >
            {(['from', 'to'] as const).map((end) => (
              <TextField key={end} label={t(end)} type="time" name={nameOf(row, end)} defaultValue={row[end]} />
            ))}
            <button
              type="button"
              className="btn plain min-h-12"
              aria-label={t('removeNamed', { number: index + 1, day: name })}
              onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
            >
              {t('remove')}
            </button>
          </div>
        ))}
        {problem ? (
          <p id={problemId} role="alert" className="problem small">
            {t(`problem.${problem}`)}
          </p>
        ) : null}
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          aria-label={t('addNamed', { day: name })}
          onClick={() => onChange([...rows, newRow()])}
        >
          {t('add')}
        </button>
      </div>
    </fieldset>
  );
}
