'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { Check, Clock, OctagonAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useSay } from '#client/device/say';
import { PainSparkline } from '#components/chart/sparkline';
import { WeekStrip } from '#components/chart/week-strip';
import { RunningEmergencies } from './ask-emergency';
import { OtherPatients } from './others';

type Row = Outputs['caseload']['mine'][number];

const MARKS = {
  red_flag: { icon: OctagonAlert, tone: 'stop' },
  look_today: { icon: TriangleAlert, tone: 'care' },
  due: { icon: Clock, tone: 'calm' },
  fine: { icon: Check, tone: 'good' },
} as const;

/** Who needs somebody and why, in words; then everyone else. */
export function Caseload() {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const { data: rows } = useSuspenseQuery(trpc.caseload.mine.queryOptions());
  const pressing = rows.filter((row) => row.urgency === 'red_flag' || row.urgency === 'look_today');
  const others = rows.filter((row) => !pressing.includes(row));
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-6 px-4 py-6 md:px-8">
      <header className="flex flex-wrap items-center gap-3">
        <div className="grow">
          <h1 className="page-title">{t('headline', { count: pressing.length })}</h1>
          <p className="muted">{t('others', { count: others.length })}</p>
        </div>
        <Link className="btn primary min-h-12" href="/patients/new">
          {t('add')}
        </Link>
      </header>
      <RunningEmergencies />
      {rows.length === 0 ? (
        <section className="card grid justify-items-start gap-2 p-6">
          <h2 className="section-title">{t('none')}</h2>
          <p className="muted">{t('noneLead')}</p>
        </section>
      ) : null}
      {pressing.length > 0 ? <NeedList rows={pressing} label={t('needYou')} /> : null}
      {others.length > 0 ? <NeedList rows={others} label={t('everyoneElse')} /> : null}
      <OtherPatients own={new Set(rows.map((row) => row.patientId))} />
    </main>
  );
}

function NeedList({ rows, label }: { rows: readonly Row[]; label: string }) {
  return (
    <section className="grid gap-3" aria-label={label}>
      <h2 className="section-title">{label}</h2>
      <ul className="card divide-y divide-line">
        {rows.map((row) => (
          <NeedRow key={row.patientId} row={row} />
        ))}
      </ul>
    </section>
  );
}

function NeedRow({ row }: { row: Row }) {
  const t = useTranslations('patients');
  const say = useSay();
  const format = useFormatter();
  const { icon: Icon, tone } = MARKS[row.urgency];
  const [first, ...more] = row.reasons;
  const when = (at: number) =>
    format.dateTime(at, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: row.timeZone,
    });
  const details = [
    // The time of the next visit says more than that there is one.
    ...more.filter(({ rule }) => rule !== 'visit_planned').map(say),
    row.lastLogAtMs ? t('lastLog', { when: when(row.lastLogAtMs) }) : t('noLog'),
    ...(row.reasons.some(({ rule }) => rule === 'pain_red' || rule === 'pain_amber')
      ? []
      : [t('worstPain', { pain: row.worstPain7Days ?? -1 })]),
    row.nextVisit ? t('nextVisit', { when: when(row.nextVisit.startsAt) }) : t('noVisit'),
  ];
  return (
    <li className="grid items-center gap-x-5 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1.1fr)_minmax(0,1.6fr)_6rem_6.5rem_auto]">
      <div className="flex items-center gap-3">
        <span className={`state ${tone}`}>
          <Icon size={22} aria-label={say({ key: `attention.urgency.${row.urgency}` })} />
        </span>
        <span className="min-w-0">
          <strong className="block">{row.name}</strong>
          <span className="muted small">
            {t('conditionText', { condition: row.condition, side: row.side, weeks: row.weeks ?? -1 })}
          </span>
        </span>
      </div>
      <div className="min-w-0">
        <strong className={`block ${row.urgency === 'red_flag' ? 'text-stop' : ''}`}>{say(first)}</strong>
        <span className="muted small">{[...new Set(details)].join(' · ')}</span>
      </div>
      <WeekStrip days={row.week} small />
      <PainSparkline pain={row.pain} />
      <Link
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
