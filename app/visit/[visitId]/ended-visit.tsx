'use client';

import { useTranslations } from 'next-intl';
import type { VisitRoom } from '#client/visit-session';
import { Mark } from '#components/mark';
import { CallInstead } from './call-instead';
import { VisitRecord } from './visit-record';

const TITLES = { cancelled: 'cancelled', no_show: 'notHeld', ended: 'ended' } as const;

/** After the visit: what was done, for both sides. Of a visit that was not held it says just that. */
export function EndedVisit({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit');
  const { state, fallbackPhone, clinicPhone } = room.visit;
  const over = state === 'cancelled' || state === 'no_show' ? state : 'ended';
  return (
    <main data-density="patient" className="mx-auto grid max-w-[720px] content-start gap-6 px-4 py-6">
      <Mark />
      <h1 className="page-title">{t(TITLES[over])}</h1>
      {over === 'ended' ? <VisitRecord room={room} /> : null}
      {over !== 'ended' && room.role === 'patient' ? (
        <CallInstead phone={fallbackPhone ?? clinicPhone} visit={false} />
      ) : null}
      <a className="btn primary w-fit" href="/sign-in">
        {t('goHome')}
      </a>
    </main>
  );
}
