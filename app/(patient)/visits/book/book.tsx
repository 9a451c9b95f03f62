'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { SelectField } from '#components/form/field';
import { mayChangeAlone } from '#domain/visit/appointment';
import type { Own, OwnVisit } from '../upcoming';
import { ChooseTime } from './choose-time';

type BookProps = { moveId: string | null; againId: string | null };

/** A patient takes a free time, or asks for one: of a new visit, or another one for a visit that is planned. */
export function Book({ moveId, againId }: BookProps) {
  const t = useTranslations('booking');
  const trpc = useTRPC();
  const { data: own } = useQuery(trpc.appointments.mine.queryOptions());
  const pages = useInfiniteQuery(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits }));
  const visits = pages.data?.pages.flat() ?? [];
  const moved = visits.find(({ id, state }) => id === moveId && state === 'scheduled') ?? null;
  const like = visits.find(({ id }) => id === againId) ?? null;
  return (
    <div className="mx-auto grid w-full max-w-[640px] content-start gap-5 pt-2">
      <div>
        <Link className="link inline-flex min-h-12 w-fit items-center gap-1" href="/visits" prefetch={false}>
          <ChevronLeft className="rtl:-scale-x-100" aria-hidden="true" /> {t('back')}
        </Link>
        <h1 className="page-title">{t(moved ? 'titleMove' : 'title')}</h1>
      </div>
      {own && pages.data ? <Choices own={own} moved={moved} like={like} /> : <p role="status">{t('loading')}</p>}
    </div>
  );
}

type ChoicesProps = { own: Own; moved: OwnVisit | null; like: OwnVisit | null };

function Choices({ own, moved, like }: ChoicesProps) {
  const t = useTranslations('booking');
  const words = useTranslations('visitTypes');
  const offered = own.types.filter(({ retired, patients }) => !retired && patients !== 'none');
  const alike = offered.find(({ id }) => id === like?.typeId) ?? offered.find(({ kind }) => kind === 'review');
  const [typeId, setTypeId] = useState(() => (alike ?? offered[0])?.id ?? '');
  const [withId, setWithId] = useState(() => {
    const known = own.clinicians.find(({ userId }) => userId === like?.clinicianId);
    return (known ?? own.clinicians[0])?.userId ?? '';
  });
  if (moved) return <Move own={own} visit={moved} />;
  const type = offered.find(({ id }) => id === typeId);
  if (!type || withId === '') return <p>{t('nothing')}</p>;
  return (
    <>
      {like ? <p className="note">{t('again')}</p> : null}
      {offered.length > 1 ? (
        <SelectField label={t('type')} value={typeId} onChange={(event) => setTypeId(event.target.value)}>
          {offered.map(({ id, name, kind, mode, durationMinutes: count }) => (
            <option key={id} value={id}>
              {t('typeWithLength', { name: name ?? words(kind), mode: words(mode), count })}
            </option>
          ))}
        </SelectField>
      ) : (
        <p>
          {t('typeWithLength', {
            name: type.name ?? words(type.kind),
            mode: words(type.mode),
            count: type.durationMinutes,
          })}
        </p>
      )}
      {own.clinicians.length > 1 ? (
        <SelectField label={t('with')} value={withId} onChange={(event) => setWithId(event.target.value)}>
          {own.clinicians.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : (
        <p>{t('withOne', { name: own.clinicians[0]?.name ?? '' })}</p>
      )}
      <ChooseTime
        key={`${typeId} ${withId}`}
        wanted={{ typeId, clinicianId: withId, visitId: null, sequence: 0 }}
        way={type.patients === 'book' ? 'book' : 'ask'}
      />
    </>
  );
}

function Move({ own, visit }: { own: Own; visit: OwnVisit }) {
  const t = useTranslations('booking');
  const when = useWhen(null);
  const [openedAt] = useState(() => deviceNow());
  const type = own.types.find(({ id }) => id === visit.typeId);
  const isAlone = type?.patients === 'book' && mayChangeAlone(visit, own.rules, openedAt);
  const { id: visitId, sequence, clinicianId } = visit;
  // That an earlier time is free is read where the times stand.
  useReadNotices(visitId);
  return (
    <>
      <p>{t('now', { when: when(visit.startsAt, 'full'), name: visit.clinicianName })}</p>
      <ChooseTime wanted={{ typeId: visit.typeId, clinicianId, visitId, sequence }} way={isAlone ? 'move' : 'ask'} />
    </>
  );
}
