'use client';

import { useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { MINUTE_MS } from '#domain/time/duration';

/** Who waits to be let in: here in place of the line over the pages of the clinic. */
export function WaitingCards({ nowMs }: { nowMs: number }) {
  const t = useTranslations('clinic');
  const g = useTranslations('schedule.grid');
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.visits.waitingNow.queryOptions());
  return (
    <div role="status" className="grid gap-3 empty:hidden">
      {data.map(({ visitId, patientName: name, waitingAt }) => (
        <section key={visitId} className="next-block grid gap-3 p-5">
          <p className="flex items-center gap-2 font-bold text-[#eeec4e]">
            <DoorOpen size={18} aria-hidden="true" />
            {g('waitsFor', { count: Math.max(0, Math.floor((nowMs - (waitingAt ?? nowMs)) / MINUTE_MS)) })}
          </p>
          <h2 className="text-2xl">{name}</h2>
          <Link className="btn primary min-h-12" href={`/visit/${visitId}`} prefetch={false}>
            {t('goToVisit', { name })}
          </Link>
        </section>
      ))}
    </div>
  );
}
