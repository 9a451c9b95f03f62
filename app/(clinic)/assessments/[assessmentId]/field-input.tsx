'use client';

import { useId } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { Assessment, Field } from '#client/record/use-assessment';
import { fieldsOf } from '#domain/record/assessment';
import { specOf } from '#domain/record/catalogue';
import { isStraightening } from '#domain/record/joints';

type FieldProps = {
  assessment: Assessment;
  field: Field;
  /** What it is of, for who cannot see where it stands. */
  name: string;
};

/** The fields of a cell: a number, or its trials by Tab. Dashed while it is open: an open field is no zero. */
export function FieldInputs({ assessment, field, name }: FieldProps) {
  const t = useTranslations('measures');
  const problemId = useId();
  const { cell, typed, isWrong, isForbidden } = field;
  const count = Math.max(fieldsOf(cell), typed.texts.length);
  const isText = isStraightening(cell.joint, cell.motion);
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: trials have no name but their number
          key={index}
          id={index === 0 ? idOf(field.key) : undefined}
          className="cell"
          inputMode={isText ? 'text' : 'decimal'}
          autoComplete="off"
          maxLength={12}
          placeholder="–"
          disabled={isForbidden}
          aria-label={count > 1 ? t('enter.trialOf', { cell: name, number: index + 1 }) : name}
          aria-invalid={isWrong ? true : undefined}
          aria-describedby={isWrong ? problemId : undefined}
          value={typed.texts[index] ?? ''}
          onBlur={assessment.keepNow}
          onChange={({ target }) => {
            const texts = Array.from({ length: count }, (__, at) =>
              at === index ? target.value : (typed.texts[at] ?? ''),
            );
            assessment.change(field, { texts });
          }}
        />
      ))}
      {isWrong ? (
        <span id={problemId} className="problem small col-span-full" role="alert">
          {t('problem.not_possible')}
        </span>
      ) : null}
    </>
  );
}

/** Where a link to what is open leads. */
export const idOf = (key: string) => `cell-${key.replaceAll('|', '-')}`;

/** Words of a kind, one press each; pressed again it is open again. */
export function ChoiceButtons({ assessment, field, name, words }: FieldProps & { words: (id: string) => string }) {
  const { cell, typed, key } = field;
  return (
    <fieldset aria-label={name} className="flex min-w-0 flex-wrap gap-2">
      {specOf(cell.kind).choices.map((choice, index) => {
        const isChosen = typed.choice === choice;
        return (
          <button
            key={choice}
            type="button"
            id={index === 0 ? idOf(key) : undefined}
            aria-pressed={isChosen}
            className={`choice-chip ${typed.choice === null ? 'open' : ''}`}
            onClick={() => assessment.change(field, { choice: isChosen ? null : choice, texts: [] })}
          >
            {words(choice)}
          </button>
        );
      })}
    </fieldset>
  );
}

/** What somebody else wrote in the same cell before. */
export function OtherSaid({ field, value }: { field: Field; value: string }) {
  const t = useTranslations('assessment');
  return field.other ? (
    <span className="small text-care">{t('other', { name: field.other.byName, value })}</span>
  ) : null;
}
