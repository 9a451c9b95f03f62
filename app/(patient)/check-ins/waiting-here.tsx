'use client';

import { useWaitingCheckIns } from '#client/check-in/use-waiting';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { SentAnswers } from '#components/check-in/sent-answers';

/** Check-ins that were sent and have not left this phone: what was said is there to be read meanwhile. */
export function WaitingHere() {
  const t = useTranslations('checkIns.waitingHere');
  const when = useWhen(null);
  const waiting = useWaitingCheckIns();
  if (waiting.length === 0) return null;
  return (
    <ul className="grid gap-3" aria-label={t('title')}>
      {waiting.map(({ id, at, pain, redFlags, question }) => (
        <li key={id} className="card grid gap-2 p-4">
          <strong>{t('title')}</strong>
          <span className="muted">{when(at, 'dated')}</span>
          <SentAnswers pain={pain} redFlags={redFlags} question={question} />
          <p>{t('soon')}</p>
        </li>
      ))}
    </ul>
  );
}
