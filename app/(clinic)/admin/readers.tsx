'use client';

import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOlderPages } from '#client/api/use-older-pages';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField, TextField } from '#components/form/field';
import { READING_KINDS, type ReadingFilter, type ReadingKind } from '#domain/clinic/reading';

const DAY_MS = 24 * 60 * 60_000;
const isKind = (text: string): text is ReadingKind => (READING_KINDS as readonly string[]).includes(text);

/** Local days as the fields give them: from the first instant of one to the last of the other. */
function filterOf(form: FormData): ReadingFilter {
  const [person, kind] = [String(form.get('person')).trim(), String(form.get('kind'))];
  const day = (name: string) => {
    const at = new Date(`${String(form.get(name))}T00:00`).getTime();
    return Number.isNaN(at) ? undefined : at;
  };
  const until = day('until');
  return {
    person: person || undefined,
    kind: isKind(kind) ? kind : undefined,
    fromAt: day('from'),
    untilAt: until === undefined ? undefined : until + DAY_MS,
  };
}

/** Who came upon whose record: page by page, narrowed by person, kind and days, and as a file. */
export function Readers() {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const when = useWhen(null);
  const [filter, setFilter] = useState<ReadingFilter>({});
  const pages = useInfiniteQuery(
    trpc.audit.reads.infiniteQueryOptions(
      { filter },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const showOlder = useOlderPages(pages);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="grid grid-cols-1 gap-3">
      <h3 className="label">{t('reads')}</h3>
      <ReaderFilter onFilter={setFilter} />
      <div className="card overflow-x-auto">
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('when')}</th>
              <th>{t('who')}</th>
              <th>{t('patient')}</th>
              <th>{t('kind')}</th>
              <th>{t('act')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="mono whitespace-nowrap">{when(row.at, 'seconds')}</td>
                <td>{row.actorName}</td>
                <td>{row.patientName}</td>
                <td>{t(`readingKind.${row.kind}`)}</td>
                <td className={row.what === null ? 'wrap-anywhere' : 'mono'}>{row.what ?? row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && !pages.isPending ? <p className="p-4">{t('noRows')}</p> : null}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {pages.hasNextPage ? (
          <button type="button" className="btn quiet" aria-busy={pages.isFetchingNextPage} onClick={showOlder}>
            {t('olderReads')}
          </button>
        ) : null}
        <ExportReads filter={filter} />
      </div>
    </div>
  );
}

function ReaderFilter({ onFilter }: { onFilter(filter: ReadingFilter): void }) {
  const t = useTranslations('admin');
  return (
    <form
      className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr_auto]"
      aria-label={t('readsFilter')}
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(filterOf(new FormData(event.currentTarget)));
      }}
    >
      <TextField label={t('person')} name="person" autoComplete="off" maxLength={80} />
      <SelectField label={t('kind')} name="kind" defaultValue="">
        <option value="">{t('allKinds')}</option>
        {READING_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`readingKind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('fromDay')} name="from" type="date" />
      <TextField label={t('untilDay')} name="until" type="date" />
      <button type="submit" className="btn quiet">
        {t('narrow')}
      </button>
    </form>
  );
}

/** What is shown, as CSV; a list that is too long for one file says so. */
function ExportReads({ filter }: { filter: ReadingFilter }) {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const taken = useMutation(
    trpc.audit.exportReads.mutationOptions({
      onSuccess({ csv }) {
        const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
        const link = Object.assign(document.createElement('a'), { href: address, download: 'who-read.csv' });
        link.click();
        URL.revokeObjectURL(address);
      },
    }),
  );
  return (
    <>
      <button type="button" className="btn quiet" aria-busy={taken.isPending} onClick={() => taken.mutate(filter)}>
        {t('exportReads')}
      </button>
      <p role="status" className="empty:hidden">
        {taken.data && !taken.data.isWhole ? t('exportCut') : ''}
      </p>
      <Problem reason={taken.error ? problemOf(taken.error).reason : null} />
    </>
  );
}
