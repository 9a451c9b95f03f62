import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Outputs } from '#client/api/trpc';
import { useSay } from '#client/device/say';

type Log = Outputs['logs']['ofPatient']['logs'][number];

export function LogRow({
  log,
  name,
  when,
  showAuthor = false,
  children,
}: {
  log: Log;
  name: string;
  when: string;
  showAuthor?: boolean;
  children?: ReactNode;
}) {
  const t = useTranslations('progress');
  const r = useTranslations('record');
  const say = useSay();
  const reps = log.sets.reduce<number | null>(
    (sum, set) => (sum === null || set.reps === null ? null : sum + set.reps),
    0,
  );
  const parts = [
    say({ key: `log.state.${log.state}` }),
    log.reason ? say({ key: `log.reason.${log.reason}` }) : '',
    log.state !== 'skipped' && reps !== null && log.sets.length > 0 ? t('repsValue', { reps }) : '',
    log.pain === null ? t('noPain') : t('painValue', { pain: log.pain }),
    r('version', { number: log.versionNumber }),
    showAuthor ? r('by', { name: log.enteredByName }) : '',
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <span className="min-w-0 grow">
        <strong className="block">{name}</strong>
        <span className="muted block">{when}</span>
        <span className="block">{parts.filter(Boolean).join(', ')}</span>
        {log.correctionReason ? <span className="block">{t('corrected', { why: log.correctionReason })}</span> : null}
        {log.comment ? <q className="block">{log.comment}</q> : null}
      </span>
      {children}
    </li>
  );
}
