'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useTRPC } from '#client/api/trpc';
import { LogRow } from '#components/practice/log-row';

const LOGS_SHOWN = 8;
const DAY_AND_TIME = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;

export function PanelLogs({ patientId }: { patientId: string }) {
  const t = useTranslations('visit.panel');
  const format = useFormatter();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.logs.ofPatient.queryOptions({ patientId }));
  if (!data) return null;
  if (data.logs.length === 0) return <p className="text-on-dark-2">{t('noLogs')}</p>;
  const nameOf = (id: string) => data.exercises.find((one) => one.exerciseVersionId === id)?.texts.name ?? '';
  return (
    <ul className="divide-y divide-dark-line" aria-label={t('logs')}>
      {data.logs.slice(0, LOGS_SHOWN).map((log) => (
        <LogRow
          key={log.id}
          log={log}
          name={nameOf(log.exerciseVersionId)}
          when={format.dateTime(log.performedAt, { ...DAY_AND_TIME, timeZone: log.performedTimeZone })}
        />
      ))}
    </ul>
  );
}

/** The last answer to a check-in, as the patient read it. */
export function PanelCheckIn({ patientId, timeZone }: { patientId: string; timeZone: string }) {
  const t = useTranslations('visit.panel');
  const format = useFormatter();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.checkIns.ofPatient.queryOptions({ patientId }));
  if (!data) return null;
  const answered = data.find((checkIn) => checkIn.reviews.some((review) => review.publishedAt !== null));
  const review = answered?.reviews.find((one) => one.publishedAt !== null);
  if (!answered || !review?.publishedAt) return <p className="text-on-dark-2">{t('noCheckIn')}</p>;
  return (
    <article className="grid gap-2">
      <h2 className="label">
        {t('lastFeedback', { when: format.dateTime(review.publishedAt, { ...DAY_AND_TIME, timeZone }) })}
      </h2>
      {answered.exercise?.name ? <p className="text-on-dark-2">{answered.exercise.name}</p> : null}
      {answered.question ? <p className="note">{answered.question}</p> : null}
      <p>{review.summary}</p>
    </article>
  );
}
