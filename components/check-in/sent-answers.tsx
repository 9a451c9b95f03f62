'use client';

import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import type { CheckInAnswers } from '#domain/check-in/submission';

type SentAnswersProps = Pick<CheckInAnswers, 'pain' | 'redFlags'> & { question: string };

/** What somebody said in a check-in, in words: pain, warning signs, the question. */
export function SentAnswers({ pain, redFlags, question }: SentAnswersProps) {
  const t = useTranslations('checkIns.given');
  const say = useSay();
  return (
    <>
      <p>{pain === null ? t('noPain') : t('pain', { pain })}</p>
      {redFlags === null ? (
        <p>{t('redFlagsOpen')}</p>
      ) : redFlags.length > 0 ? (
        <ul className="grid list-disc gap-1.5 ps-6">
          {redFlags.map((flag) => (
            <li key={flag}>{say({ key: `pain.redFlag.${flag}` })}</li>
          ))}
        </ul>
      ) : (
        <p>{t('noRedFlags')}</p>
      )}
      {question.trim() ? (
        <p className="note">
          <strong className="block">{t('question')}</strong>
          {question.trim()}
        </p>
      ) : null}
    </>
  );
}
