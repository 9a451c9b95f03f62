'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { useLimitWords } from '#components/record/restriction-words';
import { placeAfter, RESTRICTIONS_PER_PAGE } from '#domain/input/page';
import type { LocalDay } from '#domain/time/local-day';

type Past = Outputs['restrictions']['past'][number];

const placeAfterPast = (rows: readonly Past[]) =>
  placeAfter(rows, RESTRICTIONS_PER_PAGE, ({ id, setAt }) => ({ at: setAt, id }));

/** What holds no more, when it is asked for: who set it, and how it ended. */
export function PastRestrictions({ patientId, today }: { patientId: string; today: LocalDay }) {
  const t = useTranslations('restrictions');
  const [isOpen, setOpen] = useState(false);
  const pages = useInfiniteQuery({
    ...useTRPC().restrictions.past.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterPast }),
    enabled: isOpen,
  });
  const rows = pages.data?.pages.flat() ?? [];
  return (
    <details className="max-w-full" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="btn plain min-h-12 w-fit">{t('history')}</summary>
      {pages.data && rows.length === 0 ? <p className="muted">{t('none')}</p> : null}
      <ol className="mt-2 grid gap-3">
        {rows.map((one) => (
          <PastRow key={one.id} one={one} today={today} />
        ))}
      </ol>
      <MoreButton pages={pages} label={t('older')} />
    </details>
  );
}

function PastRow({ one, today }: { one: Past; today: LocalDay }) {
  const t = useTranslations('restrictions');
  const when = useWhen(null);
  const dayName = useDayName();
  const words = useLimitWords()(one.limit);
  const isOver = one.untilOn !== null && one.untilOn <= today && one.liftedAt === null;
  return (
    <li className="wrap-anywhere">
      <strong className="block">{words}</strong>
      <span className="small block">
        {t('setBy', { name: one.setByName, when: when(one.setAt, 'date'), source: one.source })}
      </span>
      {one.note ? <span className="small block">{one.note}</span> : null}
      <span className="small block">
        {isOver && one.untilOn ? t('ended', { day: dayName(one.untilOn, 'long') }) : null}
        {one.liftedAt === null
          ? null
          : t('liftedBy', {
              name: one.liftedByName ?? '',
              when: when(one.liftedAt, 'date'),
              reason: one.liftedReason ?? '',
            })}
      </span>
    </li>
  );
}
