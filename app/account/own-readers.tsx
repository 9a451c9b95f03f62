'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useOlderPages } from '#client/api/use-older-pages';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

/** A patient sees who came upon the own record, in plain words. */
export function OwnReaders() {
  const t = useTranslations('accountPage');
  const when = useWhen(null);
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.audit.ofOwnRecord.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  const showOlder = useOlderPages(pages);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="own-readers">
      <h2 id="own-readers" className="section-title">
        {t('readers')}
      </h2>
      <p className="muted">{t('readersLead')}</p>
      <ul className="card divide-y divide-line empty:hidden" aria-labelledby="own-readers">
        {rows.map((row) => (
          <li key={row.id} className="px-4 py-3">
            <strong className="block">{row.actorName}</strong>
            <span>{t(`reading.${row.kind}`)}</span>
            {row.reason ? (
              <span className="block wrap-anywhere">{t('readingReason', { reason: row.reason })}</span>
            ) : null}
            <span className="muted small block">{when(row.at, 'long')}</span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && !pages.isPending ? <p>{t('noReaders')}</p> : null}
      {pages.hasNextPage ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          aria-busy={pages.isFetchingNextPage}
          onClick={showOlder}
        >
          {t('olderReaders')}
        </button>
      ) : null}
    </section>
  );
}
