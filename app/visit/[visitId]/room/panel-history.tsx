'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { LogRow } from '#components/practice/log-row';

const LOGS_SHOWN = 8;

export function PanelLogs({ patientId, timeZone }: { patientId: string; timeZone: string }) {
  const t = useTranslations('visit.panel');
  const when = useWhen(timeZone);
  const trpc = useTRPC();
  const { data } = useQuery(trpc.logs.ofPatient.queryOptions({ patientId }));
  if (!data) return null;
  if (data.logs.length === 0) return <p className="text-on-dark-2">{t('noLogs')}</p>;
  const nameOf = (id: string) => data.exercises.find((one) => one.exerciseVersionId === id)?.texts.name ?? '';
  return (
    <ul className="divide-y divide-dark-line" aria-label={t('logs')}>
      {data.logs.slice(0, LOGS_SHOWN).map((log) => (
        <LogRow key={log.id} log={log} name={nameOf(log.exerciseVersionId)} when={when(log.performedAt)} />
      ))}
    </ul>
  );
}

/** The last answer to a check-in, as the patient read it. */
export function PanelCheckIn({ patientId }: { patientId: string }) {
  const t = useTranslations('visit.panel');
  const when = useWhen(null);
  const trpc = useTRPC();
  const { data } = useQuery(trpc.checkIns.ofPatient.queryOptions({ patientId }));
  if (!data) return null;
  const answered = data.find((checkIn) => checkIn.reviews.some((review) => review.publishedAt !== null));
  const review = answered?.reviews.find((one) => one.publishedAt !== null);
  if (!answered || !review?.publishedAt) return <p className="text-on-dark-2">{t('noCheckIn')}</p>;
  return (
    <article className="grid gap-2">
      <h2 className="label">{t('lastFeedback', { when: when(review.publishedAt) })}</h2>
      {answered.exercise?.name ? <p className="text-on-dark-2">{answered.exercise.name}</p> : null}
      {answered.question ? <p className="note">{answered.question}</p> : null}
      <p>{review.summary}</p>
    </article>
  );
}
