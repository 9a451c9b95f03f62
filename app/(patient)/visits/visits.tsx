'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { MoreButton } from '#components/form/more-button';
import { type ListedVisit, VisitList } from '#components/visit/list';
import { PlanAgain } from '#components/visit/plan-again';

const CANCELLED_SHOWN = 3;

export function Visits() {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits }));
  const visits = pages.data?.pages.flat() ?? [];
  const upcoming = visits.filter((visit) => visit.state === 'scheduled' || visit.state === 'open').reverse();
  const past = visits.filter((visit) => visit.state === 'ended' || visit.state === 'no_show');
  const cancelled = visits.filter((visit) => visit.state === 'cancelled').slice(0, CANCELLED_SHOWN);
  return (
    <div className="two-columns pt-2">
      <h1 className="page-title wide">{t('title')}</h1>
      {pages.data && upcoming.length === 0 ? <p>{t('none')}</p> : null}
      <Part id="upcoming" visits={upcoming} />
      <Part id="past" visits={past} />
      <Part id="cancelled" visits={cancelled} />
      <MoreButton pages={pages} label={t('older')} />
    </div>
  );
}

function Part({ id, visits }: { id: 'upcoming' | 'past' | 'cancelled'; visits: readonly ListedVisit[] }) {
  const t = useTranslations('visits');
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t(id)}
      </h2>
      <VisitList
        visits={visits}
        withWhom="clinician"
        held={(visit) => <WriteAbout visit={visit} />}
        missed={(visit) => <AnotherVisit visit={visit} />}
      />
    </section>
  );
}

function AnotherVisit({ visit: { id, startsAt } }: { visit: ListedVisit }) {
  const when = useWhen(null);
  return <PlanAgain visitId={id} named={when(startsAt, 'date')} />;
}

/** To the thread, with the visit named. */
function WriteAbout({ visit: { id, startsAt } }: { visit: ListedVisit }) {
  const t = useTranslations('visits');
  const when = useWhen(null);
  return (
    <Link
      className="btn plain min-h-12 max-w-full whitespace-normal"
      href={`/messages?about=visit.${id}`}
      prefetch={false}
    >
      {t('writeAbout')} <span className="vh">{when(startsAt, 'date')}</span>
    </Link>
  );
}
