'use client';

import { useTranslations } from '#client/device/words/translations';
import { type Cell, cellKey, type SectionId } from '#domain/record/assessment';
import { specOf } from '#domain/record/catalogue';
import type { PartProps } from './assessment';
import { ChoiceButtons, FieldInputs, OtherSaid } from './field-input';

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
        return (
          <fieldset key={key} className="grid min-w-0 gap-1.5">
            <legend className="float-start font-bold">
              {[m(`kind.${first.kind}`), first.site ? props.words.site(first.site) : ''].filter(Boolean).join(', ')}
            </legend>
            <p className="muted small clear-both">{m(`protocol.${first.kind}`)}</p>
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
  return (
    <div className={`grid min-w-0 content-start gap-1 ${choices.length > 0 ? 'w-full' : 'w-28'}`}>
      {isAlone && !whose ? null : (
        <span className="small muted" aria-hidden="true">
          {whose}
        </span>
      )}
      {unit === null ? null : <FieldInputs assessment={assessment} field={field} name={name} />}
      {choices.length > 0 ? (
        <ChoiceButtons assessment={assessment} field={field} name={name} words={(id) => words.choice(cell.kind, id)} />
      ) : null}
      <span className="small muted">
        {field.entry?.value == null ? '' : words.value(field.of, { value: field.entry.value, choice: null })}
      </span>
      <OtherSaid field={field} value={said} />
    </div>
  );
}
