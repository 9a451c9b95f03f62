'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Outputs, useTRPC } from '#client/trpc';
import { LogLine } from '#components/log-line';
import { Trends } from '#components/trends';
import { CorrectLog } from './correct-log';

type History = Outputs['logs']['ofPatient'];

/** The patient's own line: what was done, how it felt, and the way to put a slip right. */
export function Progress({ patientId }: { patientId: string }) {
  const t = useTranslations('progress');
  const format = useFormatter();
  const trpc = useTRPC();
  const { data: trends } = useSuspenseQuery(trpc.logs.trends.queryOptions({ patientId: null, days: 28 }));
  const { data: history } = useSuspenseQuery(trpc.logs.ofPatient.queryOptions({ patientId }));
  const [correcting, setCorrecting] = useState<History['logs'][number] | null>(null);
  const nameOf = (log: History['logs'][number]) =>
    history.exercises.find((one) => one.exerciseVersionId === log.exerciseVersionId)?.texts.name ?? '';
  return (
    <div className="grid grid-cols-1 gap-5 pt-1">
      <div>
        <h1 className="page-title">{t('title')}</h1>
        <p className="muted">{history.logs.length === 0 ? t('none') : t('lead')}</p>
      </div>
      <Trends trends={trends} timeZone={history.logs[0]?.performedTimeZone ?? 'UTC'} />
      {history.logs.length > 0 ? (
        <section aria-labelledby="history" className="grid gap-3">
          <h2 id="history" className="section-title">
            {t('history')}
          </h2>
          <ul className="card divide-y divide-line">
            {history.logs.map((log) => {
              const when = format.dateTime(log.performedAt, {
                weekday: 'short',
                day: 'numeric',
                month: 'short',
                hour: 'numeric',
                minute: '2-digit',
                timeZone: log.performedTimeZone,
              });
              return (
                <LogLine key={log.id} log={log} name={nameOf(log)} when={when}>
                  <button
                    type="button"
                    className="btn plain min-h-12"
                    aria-label={t('correctNamed', { name: nameOf(log), when })}
                    onClick={() => setCorrecting(log)}
                  >
                    {t('correct')}
                  </button>
                </LogLine>
              );
            })}
          </ul>
        </section>
      ) : null}
      {correcting ? (
        <CorrectLog log={correcting} name={nameOf(correcting)} onClose={() => setCorrecting(null)} />
      ) : null}
    </div>
  );
}
