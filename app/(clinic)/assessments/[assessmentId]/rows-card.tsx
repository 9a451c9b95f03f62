'use client';

import { useTranslations } from '#client/device/words/translations';
import type { Field } from '#client/record/use-assessment';
import { type Cell, cellKey, type SectionId } from '#domain/record/assessment';
import { specOf } from '#domain/record/catalogue';
import { ChoiceButtons, FieldInputs, idOf, OtherSaid } from './field-input';
import type { PartProps } from './part-props';

/** A part of single values and answers, one row each: a number, or a word by one press. */
export function RowsCard({ part, ...props }: PartProps & { part: SectionId }) {
  const t = useTranslations('assessment');
  const section = props.assessment.sections.find(({ id }) => id === part);
  if (!section || section.cells.length === 0) return null;
  return (
    <section id={`part-${part}`} className="card grid grid-cols-1 gap-4 p-4 sm:p-5" aria-labelledby={`of-${part}`}>
      <h2 id={`of-${part}`} className="section-title">
        {t(`part.${part}`)}
      </h2>
      <RowsOf {...props} cells={section.cells} />
    </section>
  );
}

/** Cells of the same test stand in one row, a hand or a digit each. */
export function RowsOf({ cells, ...props }: PartProps & { cells: readonly Cell[] }) {
  const m = useTranslations('measures');
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.kind} ${cell.site ?? ''}`;
    rows.set(key, [...(rows.get(key) ?? []), cell]);
  }
  return (
    <div className="grid gap-4">
      {[...rows].map(([key, ofRow]) => {
        const [first] = ofRow;
        if (!first) return null;
        const title = [m(`kind.${first.kind}`), first.site ? props.words.site(first.site) : '']
          .filter(Boolean)
          .join(', ');
        return (
          <fieldset
            key={key}
            className="grid min-w-0 grid-cols-1 items-center gap-x-5 gap-y-1.5 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]"
          >
            <legend className="vh">{title}</legend>
            <div>
              <p className="font-bold" aria-hidden="true">
                {title}
              </p>
              <p className="muted small">{m(`protocol.${first.kind}`)}</p>
            </div>
            <div className="flex flex-wrap gap-3">
              {ofRow.map((cell) => (
                <CellOfRow key={cellKey(cell)} {...props} cell={cell} isAlone={ofRow.length === 1} />
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

function CellOfRow({ cell, isAlone, assessment, words }: PartProps & { cell: Cell; isAlone: boolean }) {
  const m = useTranslations('measures');
  const field = assessment.fieldOf(cell);
  const whose = cell.digit ? m(`digit.${cell.digit}`) : cell.side ? m(`sideName.${cell.side}`) : '';
  const name = [m(`kind.${cell.kind}`), cell.site ? words.site(cell.site) : '', whose].filter(Boolean).join(', ');
  const { unit, choices } = specOf(cell.kind);
  const other = field.other?.entry;
  const said = other ? words.value(field.of, { value: other.value, choice: other.choice }) : '–';
  const isWide = choices.length > 0 && unit === null && cell.digit === null;
  return (
    <div className={`grid min-w-0 content-start gap-1 ${isWide ? 'w-full' : 'w-28'}`}>
      {isAlone && !whose ? null : (
        <span className="small muted" aria-hidden="true">
          {whose}
        </span>
      )}
      {unit === null ? null : <FieldInputs assessment={assessment} field={field} name={name} />}
      <Choices isWide={isWide} assessment={assessment} field={field} name={name} words={words} />
      <OtherSaid field={field} value={said} />
    </div>
  );
}

type ChoicesProps = Pick<PartProps, 'assessment' | 'words'> & { field: Field; name: string; isWide: boolean };

/** Words by one press; of many digits beside each other a list each, and beside a number the one word that stands instead of it. */
function Choices({ isWide, assessment, field, name, words }: ChoicesProps) {
  const t = useTranslations('measures.enter');
  const { cell, typed } = field;
  const { choices, unit } = specOf(cell.kind);
  const wordsOf = (id: string) => words.choice(cell.kind, id);
  if (choices.length === 0) return null;
  if (isWide || unit !== null)
    return <ChoiceButtons assessment={assessment} field={field} name={name} words={wordsOf} />;
  return (
    <select
      id={idOf(field.key)}
      className={`input min-h-12 ${typed.choice === null ? 'border-dashed' : ''}`}
      aria-label={name}
      value={typed.choice ?? ''}
      onChange={({ target }) => assessment.change(field, { choice: target.value || null, texts: [] })}
    >
      <option value="">{t('choose')}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {wordsOf(choice)}
        </option>
      ))}
    </select>
  );
}
