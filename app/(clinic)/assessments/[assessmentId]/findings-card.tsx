'use client';

import { Check } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import type { Field } from '#client/record/use-assessment';
import { type Cell, cellKey, type SectionId } from '#domain/record/assessment';
import { specOf } from '#domain/record/catalogue';
import type { MeasureKind } from '#domain/record/measure';
import { idOf } from './field-input';
import type { PartProps } from './part-props';
import { RowsOf } from './rows-card';

/** What is found, in words: one press each, pressed again it is open. Each finger by itself stands as a grid. */
export function FindingsCard({ part, ...props }: PartProps & { part: SectionId }) {
  const t = useTranslations('assessment');
  const section = props.assessment.sections.find(({ id }) => id === part);
  if (!section || section.cells.length === 0) return null;
  const grids = section.cells.filter(({ kind }) => kind === 'finger_independence');
  const rows = section.cells.filter(({ kind }) => kind !== 'finger_independence');
  return (
    <section id={`part-${part}`} className="card grid grid-cols-1 gap-4 p-4 sm:p-5" aria-labelledby={`of-${part}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id={`of-${part}`} className="section-title">
          {t(`part.${part}`)}
        </h2>
        <p className="muted small">{t('pressHint')}</p>
      </div>
      <div className="grid grid-cols-1 items-start gap-6 2xl:grid-cols-2">
        <RowsOf {...props} cells={rows} />
        {(['left', 'right'] as const).map((side) => (
          <FingerGrid key={side} {...props} side={side} cells={grids.filter((cell) => cell.side === side)} />
        ))}
      </div>
    </section>
  );
}

const KIND: MeasureKind = 'finger_independence';

/** Rows are answers, columns are fingers: the answer of a finger is one of its column. */
function FingerGrid({
  cells,
  side,
  assessment,
  words,
}: PartProps & { cells: readonly Cell[]; side: 'left' | 'right' }) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  if (cells.length === 0) return null;
  const fields = cells.map((cell) => assessment.fieldOf(cell));
  const open = fields.filter(({ typed }) => typed.choice === null);
  const names = (list: readonly Field[]) =>
    list.map(({ cell }) => (cell.digit ? m(`digit.${cell.digit}`) : '')).join(', ');
  const together = fields.filter(({ typed }) => typed.choice === 'follows');
  return (
    <div className="grid min-w-0 gap-3">
      <h3 className="font-bold">
        {m(`kind.${KIND}`)} <span className="lr">{m(`side.${side}`)}</span>
      </h3>
      <div className="-mx-1 overflow-x-auto px-1">
        <table className="finger-grid">
          <thead>
            <tr>
              <td />
              {cells.map((cell) => (
                <th key={cellKey(cell)} scope="col" className="small">
                  {cell.digit ? m(`digit.${cell.digit}`) : ''}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {specOf(KIND).choices.map((choice, row) => (
              <tr key={choice}>
                <th scope="row">{words.choice(KIND, choice)}</th>
                {fields.map((field) => {
                  const isChosen = field.typed.choice === choice;
                  const digit = field.cell.digit ? m(`digit.${field.cell.digit}`) : '';
                  return (
                    <td key={field.key}>
                      <button
                        type="button"
                        id={row === 0 ? idOf(field.key) : undefined}
                        aria-pressed={isChosen}
                        aria-label={`${digit}: ${words.choice(KIND, choice)}`}
                        className={`finger-answer ${field.typed.choice === null ? 'open' : ''}`}
                        onClick={() => assessment.change(field, { choice: isChosen ? null : choice, texts: [] })}
                      >
                        {isChosen ? <Check aria-hidden="true" size={17} /> : null}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open.length === fields.length ? null : (
        <p role="status" className="change-words">
          {[
            together.length > 0 ? t('follow', { fingers: names(together) }) : '',
            open.length > 0 ? t('notAnswered', { fingers: names(open) }) : t('allAnswered'),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
    </div>
  );
}
