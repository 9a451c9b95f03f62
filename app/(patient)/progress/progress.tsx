'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { OneAtATime } from '#client/device/one-at-a-time';
import { useWhenIn } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useDay } from '#client/practice/day-pack';
import { type HistoryLog, useLogHistory } from '#client/practice/use-log-history';
import { LogRow, RemovedRow } from '#components/practice/log-row';
import { OlderLogs } from '#components/practice/older-logs';
import { Trends } from '#components/practice/trends';
import { CorrectLog } from './correct-log';

/** What the patient logged, and the way to correct it. */
export function Progress({ userId, patientId }: { userId: string; patientId: string }) {
  const t = useTranslations('progress');
  const whenIn = useWhenIn();
  const trpc = useTRPC();
  const { data: trends } = useSuspenseQuery(trpc.logs.trends.queryOptions({ patientId: null, days: 28 }));
  const history = useLogHistory(patientId);
  const { day } = useDay(userId);
  const { nameOf } = history;
  const [correcting, setCorrecting] = useState<HistoryLog | null>(null);
  const [saved, setSaved] = useState<'saved' | 'removedNow' | null>(null);
  /** Removed on this page: its clinic may hear of it later. */
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const entries = history.entries.filter(({ kind, log }) => kind === 'removed' || !gone.has(log.id));
  /** The second half of a double click lands on the list: it opens nothing. */
  const opening = useRef<OneAtATime>(undefined);
  opening.current ??= new OneAtATime(() => performance.now());
  const said = useRef<HTMLParagraphElement>(null);
  // The line that was corrected makes way for another one: what became of it is said in its place.
  useEffect(() => {
    if (saved !== null && correcting === null) said.current?.focus();
  }, [saved, correcting]);
  const close = () => {
    opening.current?.run(async () => undefined);
    setCorrecting(null);
  };
  return (
    <div className="two-columns pt-1">
      <div className="wide">
        <h1 className="page-title">{t('title')}</h1>
        <p className="muted">{history.logs.length === 0 ? t('none') : t('lead')}</p>
      </div>
      <Trends trends={trends} timeZone={history.logs[0]?.performedTimeZone ?? 'UTC'} />
      {history.entries.length > 0 ? (
        <section aria-labelledby="history" className="grid gap-3">
          <h2 id="history" className="section-title">
            {t('history')}
          </h2>
          <p role="status" ref={said} tabIndex={-1}>
            {saved ? t(saved) : ''}
          </p>
          <ul className="card divide-y divide-line empty:hidden">
            {entries.map((entry) => {
              const whenAt = whenIn(entry.log.performedTimeZone);
              if (entry.kind === 'removed')
                return <RemovedRow key={entry.log.id} log={entry.log} name={nameOf(entry.log)} when={whenAt} />;
              const { log } = entry;
              const when = whenAt(log.performedAt);
              return (
                <LogRow key={log.id} log={log} name={nameOf(log)} when={when}>
                  <button
                    type="button"
                    className="btn plain min-h-12"
                    aria-label={t('correctNamed', { name: nameOf(log), when })}
                    onClick={() =>
                      opening.current?.run(async () => {
                        setSaved(null);
                        setCorrecting(log);
                      })
                    }
                  >
                    {t('correct')}
                  </button>
                </LogRow>
              );
            })}
          </ul>
          <OlderLogs history={history} />
        </section>
      ) : null}
      {correcting ? (
        <CorrectLog
          log={correcting}
          name={nameOf(correcting)}
          day={day}
          onSaved={(what) => {
            setSaved(what);
            if (what === 'removedNow') setGone(new Set([...gone, correcting.id]));
          }}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
