'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '#client/say';
import { useNameOf } from '#client/use-name-of';
import { AnswerGrid } from '#components/answer-grid';
import { SelectField, TextArea } from '#components/field';
import type { PackPrescription } from '#domain/day-pack';
import { RED_FLAG_QUESTIONS, type RedFlag } from '#domain/pain-policy';

export type Questions = { lineageId: string | null; pain: number | null; redFlags: RedFlag[]; question: string };

export function CheckInQuestions({
  prescriptions,
  about,
  onAnswered,
}: {
  prescriptions: readonly PackPrescription[];
  about: string | null;
  onAnswered(questions: Questions): void;
}) {
  const t = useTranslations('checkIns');
  const s = useTranslations('logSheet');
  const say = useSay();
  const nameOf = useNameOf();
  const first = prescriptions.find((one) => one.lineageId === about) ?? prescriptions[0];
  const [lineageId, setLineageId] = useState<string | null>(first?.lineageId ?? null);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [redFlags, setRedFlags] = useState<RedFlag[]>([]);
  const [question, setQuestion] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <form
      className="grid grid-cols-1 gap-5 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (pain === undefined) setMissing(true);
        else onAnswered({ lineageId, pain, redFlags, question: question.trim() });
      }}
    >
      <h1 className="page-title">{t('new')}</h1>
      <SelectField
        label={t('about')}
        value={lineageId ?? ''}
        onChange={(event) => setLineageId(event.target.value || null)}
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
        onChange={setPain}
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
                setRedFlags(event.target.checked ? [...redFlags, code] : redFlags.filter((one) => one !== code))
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
        onChange={(event) => setQuestion(event.target.value)}
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
