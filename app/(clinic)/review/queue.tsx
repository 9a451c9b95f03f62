'use client';

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useTranslations } from '#client/device/words/translations';
import { type JustAnswered, takeAnswered } from '#client/review/just-answered';
import { Problem } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { MINUTE_MS } from '#domain/time/duration';
import { QueueRow } from './queue-row';
import { WentOut } from './went-out';

/** What waits, red flags first, then the earliest deadline; one button takes the next. */
export function Queue() {
  const t = useTranslations('review');
  const router = useRouter();
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.reviews.queue.infiniteQueryOptions(
      {},
      // Time alone brings in what waits for its clip beyond the promise: nothing happens that would tell of it.
      { getNextPageParam: (last) => last.nextCursor, refetchInterval: MINUTE_MS },
    ),
  );
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const minuteMs = useMinute();
  const nowMs = Math.max(minuteMs, pages.data?.pages[0]?.serverNowMs ?? 0);
  const [empty, setEmpty] = useState(false);
  const [said, setSaid] = useState<JustAnswered | null>(null);
  useEffect(() => {
    const answered = takeAnswered();
    if (answered) setSaid(answered);
  }, []);
  const next = useMutation(
    trpc.reviews.claimNext.mutationOptions({
      onSuccess: (claim) => {
        if (claim) router.push(`/review/${claim.checkInId}`);
        else setEmpty(true);
      },
    }),
  );
  const takeNext =
    items.length > 0 ? (
      <button type="button" className="btn primary min-h-12" aria-busy={next.isPending} onClick={() => next.mutate()}>
        {t('next')}
      </button>
    ) : null;
  return (
    <main className="mx-auto grid w-full max-w-[1000px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="page-title min-w-[min(100%,13rem)] grow">
          {t(pages.hasNextPage ? 'waitingMore' : 'waiting', { count: items.length })}
        </h1>
        {said ? null : takeNext}
      </header>
      <p role="status" className="state good whitespace-normal empty:hidden">
        {said ? t('published', { name: said.name, outcome: said.outcome }) : ''}
      </p>
      {said ? <WentOut said={said}>{takeNext ?? <p>{t('out.last')}</p>}</WentOut> : null}
      <Problem reason={next.error ? problemOf(next.error).reason : null} />
      {empty ? <p role="status">{t('nothing')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {items.map((item) => (
          <QueueRow key={item.id} item={item} nowMs={nowMs} />
        ))}
      </ul>
      <MoreButton pages={pages} label={t('later')} />
    </main>
  );
}
