'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Logo } from '#components/shell/logo';
import { CallInstead } from '../call-instead';
import { VisitRecord } from './document';
import { TakeBackEnd } from './take-back';

const TITLES = { cancelled: 'cancelled', no_show: 'notHeld', ended: 'ended' } as const;

/** After the visit: what was done, for both sides. Of a visit that was not held it says just that. */
export function EndedVisit({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit');
  const when = useWhen(room.visit.timeZone);
  const { state, openedAt, startsAt } = room.visit;
  const over = state === 'cancelled' || state === 'no_show' ? state : 'ended';
  return (
    <main data-density="patient" className="mx-auto grid max-w-[720px] content-start gap-6 px-4 py-6">
      <Logo />
      <div>
        <h1 className="page-title">{t(TITLES[over])}</h1>
        <p className="muted">
          {t('overWhen', {
            name: room.role === 'patient' ? room.visit.clinicianName : room.visit.patientName,
            date: when(openedAt ?? startsAt, 'full'),
          })}
        </p>
      </div>
      {over === 'ended' && room.role === 'clinician' && room.visit.mode === 'video' ? (
        <TakeBackEnd room={room} />
      ) : null}
      {over === 'ended' ? <VisitRecord room={room} /> : null}
      {over !== 'ended' && room.role === 'patient' ? <CallInstead room={room} visit={false} /> : null}
      <a className="btn primary w-fit" href="/sign-in">
        {t('goHome')}
      </a>
    </main>
  );
}
