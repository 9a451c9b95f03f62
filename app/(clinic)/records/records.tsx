'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';

type RecordRow = Outputs['records']['list']['records'][number];

/** The clinic's records by name, found by any part of it. */
export function Records() {
  const t = useTranslations('records');
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery(
    trpc.records.list.infiniteQueryOptions({ search }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const records = data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <section className="grid grid-cols-1 gap-4" aria-label={t('title')}>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(String(new FormData(event.currentTarget).get('search') ?? '').trim());
        }}
      >
        <TextField label={t('search')} name="search" type="search" maxLength={120} />
        <button type="submit" className="btn quiet min-h-12" aria-busy={isFetching}>
          {t('find')}
        </button>
      </form>
      <Problem reason={error ? problemOf(error).reason : null} />
      <p role="status" className={data && records.length === 0 ? 'muted' : 'vh'}>
        {data && records.length === 0 ? t('none') : ''}
      </p>
      <ul className="card divide-y divide-line empty:hidden">
        {records.map((record) => (
          <Row key={record.patientId} record={record} />
        ))}
      </ul>
      {hasNextPage ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          aria-busy={isFetching}
          onClick={() => void fetchNextPage()}
        >
          {t('more')}
        </button>
      ) : null}
    </section>
  );
}

function Row({ record: { patientId, name, onHold, lockedAt, ...login } }: { record: RecordRow }) {
  const t = useTranslations('records');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <span className="min-w-[min(100%,14rem)] grow">
        <strong className="block">{name}</strong>
        <LoginState {...login} />
      </span>
      {lockedAt === null ? null : <span className="state care">{t('putAway')}</span>}
      {onHold ? <span className="state care">{t('onHold')}</span> : null}
      <Link
        className="btn quiet min-h-12"
        href={`/records/${patientId}`}
        prefetch={false}
        aria-label={t('openNamed', { name })}
      >
        {t('openShort')}
      </Link>
    </li>
  );
}

/** How a record is signed in to, in one line. */
export function LoginState({
  email,
  joined,
  loginEndedAt,
}: {
  email: string | null;
  joined: boolean;
  loginEndedAt: number | null;
}) {
  const t = useTranslations('records');
  const when = useWhen(null);
  const words = () => {
    if (loginEndedAt !== null) return t('loginEnded', { date: when(loginEndedAt, 'date') });
    if (email !== null) return t('joined', { email });
    return t(joined ? 'joinedNoEmail' : 'notJoined');
  };
  return <span className="muted small">{words()}</span>;
}
