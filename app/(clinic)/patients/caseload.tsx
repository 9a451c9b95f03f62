'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useOlderPages } from '#client/api/use-older-pages';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { RunningEmergencies } from './ask-emergency';
import { NeedRow } from './need-row';
import { OtherPatients } from './others';

type Page = Outputs['caseload']['mine'];
type Row = Page['rows'][number];

/** The reasons for which somebody must be looked at today, most urgent first. */
const PRESSING = ['urgent_flag', 'red_flag', 'check_in_overdue', 'amber_flag', 'pain_red', 'silent'] as const;

const isPressing = ({ urgency }: Row) => urgency === 'red_flag' || urgency === 'look_today';

/** Who needs somebody and why, in words; then everyone else. */
export function Caseload() {
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const pages = useInfiniteQuery(
    trpc.caseload.mine.infiniteQueryOptions(
      { search },
      { getNextPageParam: (last) => last.nextCursor, placeholderData: (before) => before },
    ),
  );
  const problem = pages.error ? problemOf(pages.error).reason : null;
  const [newest] = pages.data?.pages ?? [];
  // Between two pages somebody may have moved: nobody stands there twice.
  const rows = [...new Map(pages.data?.pages.flatMap((page) => page.rows).map((row) => [row.patientId, row])).values()];
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-6 px-4 py-6 md:px-8">
      {newest ? <Heading counts={newest.counts} /> : null}
      {newest && newest.counts.all > 0 ? (
        <FindByName onSearch={setSearch} isBusy={pages.isFetching} found={search === '' ? null : newest.found} />
      ) : null}
      {/* That the login has ended is said at the top of every page. */}
      <Problem reason={problem === 'signed_out' ? null : problem} />
      <NeedLists rows={rows} />
      {newest ? <More {...pages} shown={rows.length} all={newest.found} next={rows} /> : null}
      <OtherPatients />
    </main>
  );
}

function Heading({ counts }: { counts: Page['counts'] }) {
  const t = useTranslations('patients');
  const pressing = counts.urgency.red_flag + counts.urgency.look_today;
  const reasons = PRESSING.flatMap((rule) => {
    const count = counts.rules[rule];
    return count ? t(`reasonCount.${rule}`, { count }) : [];
  });
  return (
    <>
      <header className="flex flex-wrap items-center gap-3">
        <div className="grow">
          <h1 className="page-title">{t('headline', { count: pressing })}</h1>
          {reasons.length > 0 ? (
            <ul className="flex flex-wrap gap-x-4" aria-label={t('why')}>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          ) : null}
          <p className="muted">{t('others', { count: counts.all - pressing })}</p>
        </div>
        <Link className="btn primary min-h-12" href="/patients/new">
          {t('add')}
        </Link>
      </header>
      <RunningEmergencies />
      {counts.all === 0 ? (
        <section className="card grid justify-items-start gap-2 p-6">
          <h2 className="section-title">{t('none')}</h2>
          <p className="muted">{t('noneLead')}</p>
        </section>
      ) : null}
    </>
  );
}

type Search = { onSearch(text: string): void; isBusy: boolean; found: number | null };

function FindByName({ onSearch, isBusy, found }: Search) {
  const t = useTranslations('patients');
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(String(new FormData(event.currentTarget).get('search') ?? '').trim());
      }}
    >
      <TextField label={t('search')} name="search" type="search" maxLength={120} autoComplete="off" />
      <button type="submit" className="btn quiet min-h-12" aria-busy={isBusy}>
        {t('find')}
      </button>
      <p role="status" className="muted basis-full empty:hidden">
        {found === null || isBusy ? '' : t('found', { count: found })}
      </p>
    </form>
  );
}

function NeedLists({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations('patients');
  const lists = [
    { label: t('needYou'), people: rows.filter(isPressing) },
    { label: t('everyoneElse'), people: rows.filter((row) => !isPressing(row)) },
  ];
  return lists.map(({ label, people }) =>
    people.length === 0 ? null : (
      <section key={label} className="grid gap-3" aria-label={label}>
        <h2 className="section-title">{label}</h2>
        <ul className="card divide-y divide-line">
          {people.map((row) => (
            <NeedRow key={row.patientId} row={row} />
          ))}
        </ul>
      </section>
    ),
  );
}

type Pages = Parameters<typeof useOlderPages>[0] & { isFetchingNextPage: boolean };

/** One more page; the keyboard goes on at the first person of it. */
function More({ shown, all, next, ...pages }: Pages & { shown: number; all: number; next: readonly Row[] }) {
  const t = useTranslations('patients');
  const showOlder = useOlderPages(pages);
  const goOnAt = useRef<number | null>(null);
  useEffect(() => {
    const row = goOnAt.current === null ? undefined : next[goOnAt.current];
    if (!row) return;
    goOnAt.current = null;
    document.getElementById(`open-${row.patientId}`)?.focus();
  });
  if (all === shown && !pages.hasNextPage) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {pages.hasNextPage ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          aria-busy={pages.isFetchingNextPage}
          onClick={() => {
            goOnAt.current = shown;
            showOlder();
          }}
        >
          {t('showMore')}
        </button>
      ) : null}
      <p role="status" className="muted">
        {t('shown', { shown, all })}
      </p>
    </div>
  );
}
