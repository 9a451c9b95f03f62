'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '#client/api/trpc';
import { CancelVisit } from '#components/visit/cancel';
import { VisitList } from '#components/visit/list';
import { ScheduleVisit } from '#components/visit/schedule';

export function SchedulePage({ fromMs, untilMs }: { fromMs: number; untilMs: number }) {
  const t = useTranslations('schedule.page');
  const trpc = useTRPC();
  const { data: visits } = useSuspenseQuery(trpc.visits.schedulePage.queryOptions({ fromMs, untilMs }));
  const { data: patients } = useSuspenseQuery(trpc.patients.mine.queryOptions());
  const coming = visits.filter((visit) => visit.state === 'scheduled' || visit.state === 'open');
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[900px] content-start gap-5 px-4 py-6 md:px-8">
      <header>
        <h1 className="page-title">{t('title')}</h1>
        <p className="muted">{coming.length === 0 ? t('empty') : t('lead', { count: coming.length })}</p>
      </header>
      <ScheduleVisit patients={patients} />
      {coming.length === 0 ? null : <VisitList visits={coming} planned={(visit) => <CancelVisit visit={visit} />} />}
    </main>
  );
}
