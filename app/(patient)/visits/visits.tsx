'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { MoreButton } from '#components/form/more-button';
import { type ListedVisit, VisitList } from '#components/visit/list';
import { PlanAgain } from '#components/visit/plan-again';
import { isMissed } from '#domain/visit/missed';
import { Asked } from './asked';
import { type Own, type OwnVisit, UpcomingVisit } from './upcoming';

const CANCELLED_SHOWN = 3;

export function Visits() {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits }));
  const { data: own } = useQuery(trpc.appointments.mine.queryOptions());
  const visits = pages.data?.pages.flat() ?? [];
  const nowMs = useMinute();
  // One that did not take place is not to come, whatever staff say of it later.
  const isOver = (visit: OwnVisit) => visit.state === 'ended' || visit.state === 'no_show' || isMissed(visit, nowMs);
  const upcoming = visits.filter((visit) => visit.state !== 'cancelled' && !isOver(visit)).reverse();
  const past = visits.filter(isOver);
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
