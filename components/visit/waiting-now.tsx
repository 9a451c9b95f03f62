'use client';

import { useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';

/** Who waits to be let in, on every page of the clinic; the schedule says it in a place of its own. */
export function WaitingNow() {
  const t = useTranslations('clinic');
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.visits.waitingNow.queryOptions());
  if (usePathname() === '/schedule') return null;
  return (
    <div role="status" className="contents">
      {data.map(({ visitId, patientName }) => (
        <p
          key={visitId}
          className="flex flex-wrap items-center gap-3 border-b border-line bg-surface px-4 py-2 md:px-8"
        >
          <DoorOpen size={22} aria-hidden="true" />
          <strong className="grow">{t('waitsForVisit', { name: patientName })}</strong>
          <Link className="btn primary min-h-12" href={`/visit/${visitId}`} prefetch={false}>
            {t('goToVisit', { name: patientName })}
          </Link>
        </p>
      ))}
    </div>
  );
}
