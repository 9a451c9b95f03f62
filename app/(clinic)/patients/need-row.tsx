'use client';

import { Check, Clock, OctagonAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { Outputs } from '#client/api/trpc';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { PainSparkline } from '#components/chart/sparkline';
import { WeekStrip } from '#components/chart/week-strip';
import { TakenWords } from '#components/practice/flags/taken-words';

type Row = Outputs['caseload']['mine']['rows'][number];

const MARKS = {
  red_flag: { icon: OctagonAlert, tone: 'stop' },
  look_today: { icon: TriangleAlert, tone: 'care' },
  due: { icon: Clock, tone: 'calm' },
  fine: { icon: Check, tone: 'good' },
} as const;

/** A reason in words; of a red flag with the question that was answered yes. */
function useSayReason(): (reason: Row['reasons'][number]) => string {
  const say = useSay();
  const p = useTranslations('pain.redFlagShort');
  return ({ key, values, sign }) => say({ key, values: sign ? { ...values, sign: p(sign) } : values });
}

/** What the card says beside the first reason. */
function useDetails(row: Row): string[] {
  const t = useTranslations('patients');
  const sayReason = useSayReason();
  const when = useWhen(null);
  const [, ...more] = row.reasons;
  const details = [
    // The time of the next visit says more than that there is one.
    ...more.filter(({ rule }) => rule !== 'visit_planned').map(sayReason),
    row.lastLogAtMs ? t('lastLog', { when: when(row.lastLogAtMs) }) : t('noLog'),
    ...(row.reasons.some(({ rule }) => rule === 'pain_red' || rule === 'pain_amber')
      ? []
      : [t('worstPain', { pain: row.worstPain7Days ?? -1 })]),
    row.nextVisit ? t('nextVisit', { when: when(row.nextVisit.startsAt) }) : t('noVisit'),
  ];
  return [...new Set(details)];
}

/** Of the flags that people are told of: the one that nobody has taken for the longest time, else who took the first. */
function FlagTaken({ reasons }: Pick<Row, 'reasons'>) {
  const when = useWhen(null);
  const told = reasons.flatMap(({ taken }) => (taken ? [taken] : []));
  const shown = told.find(({ byName }) => byName === null) ?? told[0];
  if (!shown) return null;
  const flag =
    shown.byName === null
      ? { raisedAt: shown.sinceMs, taken: null }
      : { raisedAt: shown.atMs, taken: { byName: shown.byName, at: shown.atMs } };
  return <TakenWords flag={flag} when={when} />;
}

/** One person of the caseload: why they stand here, their week and their pain. */
export function NeedRow({ row }: { row: Row }) {
  const t = useTranslations('patients');
  const say = useSay();
  const sayReason = useSayReason();
  const details = useDetails(row);
  const { icon: Icon, tone } = MARKS[row.urgency];
  return (
    <li className="grid items-center gap-x-5 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1.1fr)_minmax(0,1.6fr)_6rem_6.5rem_auto]">
      <div className="flex items-center gap-3">
        <span className={`state ${tone}`}>
          <Icon size={22} aria-label={say({ key: `attention.urgency.${row.urgency}` })} />
        </span>
        <span className="min-w-0">
          <strong className="block">{row.name}</strong>
          {row.condition === '' ? null : (
            <span className="muted small">
              {t('conditionText', { condition: row.condition, side: row.side, weeks: row.weeks ?? -1 })}
            </span>
          )}
        </span>
      </div>
      <div className="min-w-0">
        <strong className={`block ${row.urgency === 'red_flag' ? 'text-stop' : ''}`}>
          {sayReason(row.reasons[0])}
        </strong>
        <FlagTaken reasons={row.reasons} />
        <span className="muted small">{details.join(' · ')}</span>
      </div>
      <WeekStrip days={row.week} small />
      <PainSparkline pain={row.pain} />
      <Link
        id={`open-${row.patientId}`}
        className="btn quiet"
        href={`/patients/${row.patientId}`}
        aria-label={t('openNamed', { name: row.name })}
        prefetch={false}
      >
        {t('open')}
      </Link>
    </li>
  );
}
