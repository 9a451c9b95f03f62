'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { OctagonAlert } from 'lucide-react';
import { useTRPC } from '#client/api/trpc';
import { useOlderPages } from '#client/api/use-older-pages';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Readers } from './readers';

/** Who did what to whose record, and who read it. Names, acts and times; never content. */
export function AuditTrail() {
  const t = useTranslations('admin');
  return (
    <section className="grid grid-cols-1 gap-6" aria-labelledby="audit">
      <h2 id="audit" className="section-title">
        {t('audit')}
      </h2>
      <Changes />
      <Readers />
      <ChainHead />
    </section>
  );
}

function useSecond() {
  const when = useWhen(null);
  return (at: number) => when(at, 'seconds');
}

function Changes() {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const when = useSecond();
  const pages = useInfiniteQuery(
    trpc.audit.changes.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (page) => {
          const last = page.at(-1);
          return page.length === 50 && last ? { at: last.at, id: last.id } : undefined;
        },
      },
    ),
  );
  const showOlder = useOlderPages(pages);
  const rows = pages.data?.pages.flat() ?? [];
  return (
    <div className="grid grid-cols-1 gap-3">
      <h3 className="label">{t('changes')}</h3>
      <div className="card overflow-x-auto">
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('when')}</th>
              <th>{t('who')}</th>
              <th>{t('act')}</th>
              <th>{t('patient')}</th>
              <th>{t('outcome')}</th>
              <th>{t('seal')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="mono whitespace-nowrap">{when(row.at)}</td>
                <td>{row.actorName}</td>
                <td className="mono">{row.act}</td>
                <td>{row.patientName}</td>
                <td className={row.outcome === 'refused' ? 'text-stop' : ''}>
                  {row.count === null ? t(row.outcome) : t(`${row.outcome}More`, { count: row.count })}
                </td>
                <td className="mono">{row.hash ? `${row.n} ${row.hash.slice(0, 8)}` : t('notSealed')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 ? <p className="p-4">{t('noRows')}</p> : null}
      </div>
      {pages.hasNextPage ? (
        <button type="button" className="btn quiet w-fit" aria-busy={pages.isFetchingNextPage} onClick={showOlder}>
          {t('older')}
        </button>
      ) : null}
    </div>
  );
}

/** What somebody writes down elsewhere, so that nobody can cut off the end of the trail unseen. */
function ChainHead() {
  const t = useTranslations('admin');
  const when = useSecond();
  const { data } = useQuery(useTRPC().audit.head.queryOptions());
  if (!data?.head) return null;
  const { head, check } = data;
  return (
    <div className="grid gap-1">
      {check?.brokenN ? (
        <p className="state stop whitespace-normal">
          <OctagonAlert size={22} aria-hidden="true" />
          {t('chainBroken', { n: check.brokenN })}
        </p>
      ) : null}
      {check?.wholeAt ? <p className="small muted">{t('chainWhole', { when: when(check.wholeAt) })}</p> : null}
      <p className="small muted">
        {t('chainHead', { n: head.n })} <span className="mono wrap-anywhere">{head.hash}</span>
      </p>
    </div>
  );
}
