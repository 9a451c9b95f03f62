import type { ReactNode } from 'react';
import type { Outputs } from '#client/api/trpc';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { ClockWrong } from '#components/practice/clock-wrong';
import { CORRECTION_REASONS, SLIP } from '#domain/practice/log';

type Log = Outputs['logs']['ofPatient']['logs'][number];
type Removed = Outputs['logs']['ofPatient']['removed'][number];

const FIXES = [...CORRECTION_REASONS, SLIP] as const;

/** Chosen from a list; earlier builds sent words of one's own. */
function useFixWords(): (why: string) => string {
  const t = useTranslations('progress');
  return (why) => {
    const known = FIXES.find((fix) => fix === why);
    return known ? t(`fix.${known}`) : why;
  };
}

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
  const fixWords = useFixWords();
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
        <ClockWrong said={log.devicePerformedAt} timeZone={log.performedTimeZone} />
        {log.correctionReason ? (
          <span className="block">{t('corrected', { why: fixWords(log.correctionReason) })}</span>
        ) : null}
        {log.comment ? <q className="block">{log.comment}</q> : null}
      </span>
      {children}
    </li>
  );
}

/** A log that was made by mistake: it is still said that it was there, and why it went. */
export function RemovedRow({ log, name, when }: { log: Removed; name: string; when: (at: number) => string }) {
  const t = useTranslations('progress');
  const say = useSay();
  const { state, pain, performedAt, reason, removedAt, removedByName } = log;
  const said = [say({ key: `log.state.${state}` }), pain === null ? t('noPain') : t('painValue', { pain })];
  return (
    <li className="grid gap-1 px-4 py-3">
      <s className="muted">
        <strong className="block">{name}</strong>
        <span className="block">{when(performedAt)}</span>
        <span className="block">{said.join(', ')}</span>
      </s>
      <span>{t('removed', { why: t(`removal.${reason}`), name: removedByName, when: when(removedAt) })}</span>
    </li>
  );
}
