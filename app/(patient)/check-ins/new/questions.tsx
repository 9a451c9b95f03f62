'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { CheckInDraft } from '#client/check-in/draft';
import type { DraftChange } from '#client/check-in/use-draft';
import { useSay } from '#client/device/say';
import { useNameOf } from '#client/program/use-name-of';
import { AnswerGrid } from '#components/form/answer-grid';
import { SelectField, TextArea } from '#components/form/field';
import type { PackPrescription } from '#domain/practice/day-pack';
import { RED_FLAG_QUESTIONS } from '#domain/practice/pain-policy';

type CheckInQuestionsProps = {
  prescriptions: readonly PackPrescription[];
  draft: CheckInDraft;
  /** Each change is kept at once, so that nothing typed is lost. */
  onChange(change: DraftChange): void;
  onAnswered(): void;
};

export function CheckInQuestions({ prescriptions, draft, onChange, onAnswered }: CheckInQuestionsProps) {
  const t = useTranslations('checkIns');
  const s = useTranslations('logSheet');
  const say = useSay();
  const nameOf = useNameOf();
  const { lineageId, pain, redFlags, question } = draft;
  const isPrescribed = prescriptions.some((one) => one.lineageId === lineageId);
  const [missing, setMissing] = useState(false);
  return (
    <form
      className="grid grid-cols-1 gap-5 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (pain === undefined) return setMissing(true);
        // An exercise that has left the program since is "something else".
        if (!isPrescribed && lineageId !== null) onChange({ lineageId: null });
        onAnswered();
      }}
    >
      <h1 className="page-title">{t('new')}</h1>
      <SelectField
        label={t('about')}
        value={isPrescribed && lineageId !== null ? lineageId : ''}
        onChange={(event) => onChange({ lineageId: event.target.value || null })}
      >
        {prescriptions.map((one) => (
          <option key={one.lineageId} value={one.lineageId}>
            {nameOf(one)}
          </option>
        ))}
        <option value="">{t('general')}</option>
      </SelectField>
      <AnswerGrid
        legend={t('pain')}
        name="pain"
        low={s('painLow')}
        high={s('painHigh')}
        value={pain}
        onChange={(value) => onChange({ pain: value })}
      />
      <fieldset className="grid gap-2">
        <legend className="label mb-2">{t('redFlags')}</legend>
        {RED_FLAG_QUESTIONS.map(({ code, key }) => (
          <label key={code} className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-7 shrink-0"
              checked={redFlags.includes(code)}
              onChange={(event) =>
                onChange({
                  redFlags: event.target.checked ? [...redFlags, code] : redFlags.filter((one) => one !== code),
                })
              }
            />
            {say({ key })}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('question')}
        hint={t('questionHint')}
        maxLength={1000}
        value={question}
        onChange={(event) => onChange({ question: event.target.value })}
      />
      {missing && pain === undefined ? (
        <p role="alert" className="problem">
          {s('choosePain')}
        </p>
      ) : null}
      <button type="submit" className="btn primary xl">
        {t('next')}
      </button>
    </form>
  );
}
