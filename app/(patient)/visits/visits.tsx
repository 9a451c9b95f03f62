'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { MoreButton } from '#components/form/more-button';
import { type ListedVisit, VisitList } from '#components/visit/list';
import { Asked } from './asked';
import { type Own, UpcomingVisit } from './upcoming';

const CANCELLED_SHOWN = 3;

export function Visits() {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits }));
  const { data: own } = useQuery(trpc.appointments.mine.queryOptions());
  const visits = pages.data?.pages.flat() ?? [];
  const upcoming = visits.filter((visit) => visit.state === 'scheduled' || visit.state === 'open').reverse();
  const past = visits.filter((visit) => visit.state === 'ended' || visit.state === 'no_show');
  const cancelled = visits.filter((visit) => visit.state === 'cancelled').slice(0, CANCELLED_SHOWN);
  return (
    <div className="two-columns pt-2">
      <div className="wide flex flex-wrap items-center gap-x-6 gap-y-3">
        <h1 className="page-title grow">{t('title')}</h1>
        {own ? <BookOrAsk own={own} /> : null}
      </div>
      {pages.data && upcoming.length === 0 ? <p>{t('none')}</p> : null}
      {own && upcoming.length > 0 ? (
        <section aria-labelledby="upcoming">
          <h2 id="upcoming" className="section-title">
            {t('upcoming')}
          </h2>
          <ol className="grid gap-4">
            {upcoming.map((visit) => (
              <UpcomingVisit key={visit.id} visit={visit} own={own} />
            ))}
          </ol>
        </section>
      ) : null}
      {own ? <Asked own={own} /> : null}
      <Part id="past" visits={past} />
      <Part id="cancelled" visits={cancelled} />
      <MoreButton pages={pages} label={t('older')} />
    </div>
  );
}

/** The way to another visit, where the clinic lets patients take or ask for any. */
function BookOrAsk({ own: { types, clinicians } }: { own: Own }) {
  const t = useTranslations('visits');
  const offered = types.filter(({ retired, patients }) => !retired && patients !== 'none');
  if (offered.length === 0 || clinicians.length === 0) return null;
  const isBookable = offered.some(({ patients }) => patients === 'book');
  return (
    <Link className="btn primary min-h-12 w-fit" href="/visits/book" prefetch={false}>
      <CalendarPlus aria-hidden="true" /> {t(isBookable ? 'book' : 'ask')}
    </Link>
  );
}

function Part({ id, visits }: { id: 'past' | 'cancelled'; visits: readonly ListedVisit[] }) {
  const t = useTranslations('visits');
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t(id)}
      </h2>
      <VisitList visits={visits} withWhom="clinician" held={(visit) => <WriteAbout visit={visit} />} />
    </section>
  );
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
