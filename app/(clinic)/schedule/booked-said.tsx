'use client';

import Link from 'next/link';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Booked } from '#components/visit/schedule';

/** What the form did: the way into what begins now, and to where the rest stands. */
export function BookedSaid({ booked, onShow }: { booked: Booked | null; onShow(at: number): void }) {
  const t = useTranslations('schedule.page');
  const when = useWhen(null);
  if (!booked) return null;
  const { kind, visitId, startsAt, name, count } = booked;
  return (
    <div className="card flex flex-wrap items-center gap-3 p-4">
      <p role="status" className="min-w-[min(100%,12rem)] grow font-bold">
        {kind === 'now' ? t('bookedNow', { name }) : t('booked', { name, count, when: when(startsAt) })}
      </p>
      {kind === 'now' ? (
        <Link className="btn primary min-h-12" href={`/visit/${visitId}`} prefetch={false}>
          {t('join', { name })}
        </Link>
      ) : (
        <button type="button" className="btn quiet min-h-12" onClick={() => onShow(startsAt)}>
          {t('showThere')}
        </button>
      )}
    </div>
  );
}
