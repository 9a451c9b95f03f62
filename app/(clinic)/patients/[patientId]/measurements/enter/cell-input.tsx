'use client';

import { useId } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { useEntryProblem } from '#client/record/use-entry-problem';
import type { MeasureWords } from '#client/record/use-measure-words';
import { specOf } from '#domain/record/catalogue';
import type { ForceUnit } from '#domain/record/units';
import type { Entry, FormCell } from './use-entry';

export type CellProps = {
  cell: FormCell;
  entry: Entry;
  unit: ForceUnit;
  words: MeasureWords;
  /** What it is of, for who cannot see where it stands. */
  name: string;
  /** Wrong cells say so from the first press of Save on. */
  isChecked: boolean;
  onUnit(unit: ForceUnit): void;
};

/** How many fields a cell of this kind has: one, or its usual trials. */
export function trialsOf({ of }: FormCell): number {
  return specOf(of.kind).trials?.usual ?? 1;
}

/** The fields of a cell: a number, three trials, a word; under them what was understood, or what is wrong. */
export function CellFields({ cell, entry, words, name, isChecked, unit }: CellProps) {
  const t = useTranslations('measures');
  const problemId = useId();
  const problemWords = useEntryProblem(unit);
  const { of, typed, read } = cell;
  const { choices, unit: stored } = specOf(of.kind);
  const problem = isChecked && read.state === 'wrong' ? problemWords(of, read.code) : null;
  const count = stored === null ? 0 : Math.max(trialsOf(cell), typed.texts.length);
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: trials have no name but their number
          key={index}
          className="cell"
          inputMode={of.kind === 'joint' ? 'text' : 'decimal'}
          autoComplete="off"
          maxLength={12}
          placeholder="–"
          aria-label={count > 1 ? t('enter.trialOf', { cell: name, number: index + 1 }) : name}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? problemId : undefined}
          value={typed.texts[index] ?? ''}
          onChange={({ target }) => {
            const texts = Array.from({ length: count }, (__, at) =>
              at === index ? target.value : (typed.texts[at] ?? ''),
            );
            entry.change(cell.key, { texts, choice: null });
          }}
        />
      ))}
      {choices.length > 0 ? (
        <select
          className="input min-h-12"
          aria-label={name}
          value={typed.choice ?? ''}
          onChange={({ target }) =>
            entry.change(cell.key, { choice: target.value === '' ? null : target.value, texts: [] })
          }
        >
          <option value="">{t('enter.choose')}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {words.choice(of.kind, choice)}
            </option>
          ))}
        </select>
      ) : null}
      {problem ? (
        <p id={problemId} className="problem small" role="alert">
          {problem}
        </p>
      ) : null}
    </>
  );
}

/** What the cell says so far, as one types: the value understood in words, mean and best of trials. */
export function CellResult({ cell, words }: Pick<CellProps, 'cell' | 'words'>) {
  const t = useTranslations('measures.enter');
  const { of, read, last } = cell;
  const before = last ? t('last', { value: words.value(of, last) }) : '';
  if (read.state !== 'measured')
    return <span className="small muted">{[t('notMeasured'), before].filter(Boolean).join(', ')}</span>;
  const { measure } = read;
  const best = measure.trials && measure.trials.length > 1 && specOf(of.kind).trials?.statistics.includes('max');
  const value = words.value(of, measure);
  return (
    <span>
      <strong>
        {best
          ? t('meanBest', { mean: value, best: words.amount(of.kind, Math.max(...(measure.trials ?? []))) })
          : value}
      </strong>{' '}
      <span className="small muted">{before}</span>
    </span>
  );
}

/** Another unit may have been meant: it is asked, and nothing is changed by itself. */
export function CellDoubt({ cell, entry, unit, words, onUnit }: CellProps) {
  const t = useTranslations('measures');
  const { of, doubt, doubted, last } = cell;
  if (!doubt || last?.value == null) return null;
  const typed = t(`value.${unit}`, { value: doubted.trim() });
  return (
    <div role="alert" className="grid gap-2">
      <p className="text-care">
        {t('enter.doubt', {
          typed,
          value: words.amount(of.kind, cell.read.state === 'measured' ? (cell.read.measure.value ?? 0) : 0),
          last: words.amount(of.kind, last.value),
          unit: t(`force.${doubt.meant}`),
        })}
      </p>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn quiet min-h-12" onClick={() => onUnit(doubt.meant)}>
          {t('enter.doubtYes', { unit: t(`force.${doubt.meant}`) })}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => entry.beSure(cell.key)}>
          {t('enter.doubtNo')}
        </button>
      </div>
    </div>
  );
}
