'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '#client/trpc';
import { VisitList } from '#components/visit-list';

export function Visits() {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const { data: visits } = useSuspenseQuery(trpc.visits.mine.queryOptions());
  const upcoming = visits.filter((visit) => visit.state === 'scheduled' || visit.state === 'open').reverse();
  const past = visits.filter((visit) => visit.state === 'ended');
  return (
    <div className="two-columns pt-2">
      <h1 className="page-title wide">{t('title')}</h1>
      {upcoming.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <section aria-labelledby="upcoming">
          <h2 id="upcoming" className="section-title">
            {t('upcoming')}
          </h2>
          <VisitList visits={upcoming} withWhom="clinician" />
        </section>
      )}
      {past.length > 0 ? (
        <section aria-labelledby="past">
          <h2 id="past" className="section-title">
            {t('past')}
          </h2>
          <VisitList visits={past} withWhom="clinician" />
        </section>
      ) : null}
    </div>
  );
}
