'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { AskedFor } from '#components/visit/asked-for';
import { CancelVisit } from '#components/visit/cancel';
import { ChoosePatient } from '#components/visit/choose-patient';
import { VisitList } from '#components/visit/list';
import { ScheduleVisit } from '#components/visit/schedule';

export function SchedulePage({ fromMs, untilMs }: { fromMs: number; untilMs: number }) {
  const t = useTranslations('schedule.page');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.visits.schedulePage.infiniteQueryOptions({ fromMs, untilMs }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const visits = pages.data?.pages.flatMap((page) => page.visits) ?? [];
  const count = pages.data?.pages[0]?.count;
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[900px] content-start gap-5 px-4 py-6 md:px-8">
      <header>
        <h1 className="page-title">{t('title')}</h1>
        <p className="muted">{count === 0 ? t('empty') : t('lead', { count: count ?? 0 })}</p>
      </header>
      <ScheduleVisit choice={(onChoose) => <ChoosePatient onChoose={onChoose} />} />
      <AskedFor />
      <Link className="btn plain min-h-12 w-fit" href="/schedule/hours" prefetch={false}>
        {t('ownHours')}
      </Link>
      {visits.length === 0 ? null : <VisitList visits={visits} planned={(visit) => <CancelVisit visit={visit} />} />}
      <MoreButton pages={pages} label={t('later')} />
    </main>
  );
}
