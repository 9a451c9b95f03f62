'use client';

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Clock, OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type JustAnswered, takeAnswered } from '#client/review/just-answered';
import { Problem } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { MINUTE_MS } from '#domain/time/duration';

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
  const when = useWhen(null);
  return (
    <main className="mx-auto grid w-full max-w-[1000px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="page-title min-w-[min(100%,13rem)] grow">
          {t(pages.hasNextPage ? 'waitingMore' : 'waiting', { count: items.length })}
        </h1>
        {items.length > 0 ? (
          <button
            type="button"
            className="btn primary min-h-12"
            aria-busy={next.isPending}
            onClick={() => next.mutate()}
          >
            {t('next')}
          </button>
        ) : null}
      </header>
      <p role="status" className="state good whitespace-normal empty:hidden">
        {said ? t('published', said) : ''}
      </p>
      <Problem reason={next.error ? problemOf(next.error).reason : null} />
      {empty ? <p role="status">{t('nothing')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {items.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
            <span className={`state max-sm:w-full ${item.queueRank === 0 ? 'stop' : 'calm'}`}>
              {item.queueRank === 0 ? (
                <OctagonAlert size={20} aria-hidden="true" />
              ) : (
                <Clock size={20} aria-hidden="true" />
              )}
              {item.queueRank === 0 ? t('red') : t(item.dueAt < nowMs ? 'overdue' : 'due', { when: when(item.dueAt) })}
            </span>
            <span className="min-w-0 grow">
              <strong className="block">{item.patientName}</strong>
              {item.state === 'failed_media' ? <span className="block">{t('clipLost')}</span> : null}
              {item.state === 'received' || item.state === 'processing' ? (
                <span className="block">{t('clipNotYet')}</span>
              ) : null}
              <span className="muted">{item.question ?? ''}</span>
            </span>
            <Link
              className="btn quiet min-h-12"
              href={`/review/${item.id}`}
              prefetch={false}
              aria-label={t('openNamed', { name: item.patientName })}
            >
              {t('open')}
            </Link>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} label={t('later')} />
    </main>
  );
}
