'use client';

import { useTranslations } from 'next-intl';
import type { CheckInDraft } from '#client/check-in/draft';
import { useSay } from '#client/device/say';
import { useNameOf } from '#client/program/use-name-of';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { PainAnswer } from '#domain/practice/pain-policy';

type GivenAnswersProps = {
  draft: CheckInDraft;
  prescription: PackPrescription | null;
  painAnswer: PainAnswer;
  onChange(): void;
  onStartOver(): void;
};

/** The answers that the clip goes with. Those that went ahead stand as they are; others can be changed until "Send". */
export function GivenAnswers({ draft, prescription, painAnswer, onChange, onStartOver }: GivenAnswersProps) {
  const t = useTranslations('checkIns.given');
  const c = useTranslations('checkIns');
  const say = useSay();
  const nameOf = useNameOf();
  const isAhead = draft.ahead !== 'no';
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="given-answers">
      <h2 id="given-answers" className="section-title">
        {t('title')}
      </h2>
      <p>{prescription ? nameOf(prescription) : c('general')}</p>
      <p>{draft.pain === null || draft.pain === undefined ? t('noPain') : t('pain', { pain: draft.pain })}</p>
      {draft.redFlags.length > 0 ? (
        <ul className="grid list-disc gap-1.5 ps-6">
          {draft.redFlags.map((flag) => (
            <li key={flag}>{say({ key: `pain.redFlag.${flag}` })}</li>
          ))}
        </ul>
      ) : null}
      {draft.question.trim() ? <p className="note">{draft.question.trim()}</p> : null}
      {painAnswer.act === 'go_on' ? null : (
        <p className="font-bold">{say({ key: painAnswer.key, values: painAnswer.values })}</p>
      )}
      <p className="muted">{t(isAhead ? 'ahead' : 'kept')}</p>
      {isAhead ? (
        <ConfirmedDelete label={t('startOver')} question={t('startOverAsk')} onDelete={onStartOver} />
      ) : (
        <button type="button" className="btn quiet min-h-12" onClick={onChange}>
          {t('change')}
        </button>
      )}
    </section>
  );
}
