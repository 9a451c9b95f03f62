'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhenIn } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useLogHistory } from '#client/practice/use-log-history';
import { LogRow, RemovedRow } from '#components/practice/log-row';
import { OlderLogs } from '#components/practice/older-logs';
import { Trends } from '#components/practice/trends';

export function PatientLogs({ patientId, timeZone }: { patientId: string; timeZone: string }) {
  const t = useTranslations('record');
  const whenIn = useWhenIn();
  const trpc = useTRPC();
  const { data: trends } = useSuspenseQuery(trpc.logs.trends.queryOptions({ patientId, days: 56 }));
  const history = useLogHistory(patientId);
  return (
    <>
      <section className="grid gap-3" aria-labelledby="trend">
        <h2 id="trend" className="section-title">
          {t('trends')}
        </h2>
        {trends.length === 0 ? <p className="muted">{t('noLogs')}</p> : <Trends trends={trends} timeZone={timeZone} />}
      </section>
      <section className="grid gap-3" aria-labelledby="logs">
        <h2 id="logs" className="section-title">
          {t('logs')}
        </h2>
        {history.entries.length === 0 ? <p className="muted">{t('noLogs')}</p> : null}
        <ul className="card divide-y divide-line empty:hidden" aria-labelledby="logs">
          {history.entries.map((entry) => {
            const { log } = entry;
            const name = history.nameOf(log);
            const when = whenIn(log.performedTimeZone);
            return entry.kind === 'removed' ? (
              <RemovedRow key={log.id} log={entry.log} name={name} when={when} />
            ) : (
              <LogRow key={log.id} log={entry.log} name={name} showAuthor when={when(log.performedAt)} />
            );
          })}
        </ul>
        <OlderLogs history={history} />
      </section>
    </>
  );
}
