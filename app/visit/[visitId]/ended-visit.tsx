'use client';

import { useTranslations } from 'next-intl';
import type { VisitRoom } from '#client/visit-session';
import { Mark } from '#components/mark';
import { VisitRecord } from './visit-record';

/** After the visit: what was done, for both sides. */
export function EndedVisit({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit');
  return (
    <main data-density="patient" className="mx-auto grid max-w-[720px] content-start gap-6 px-4 py-6">
      <Mark />
      <h1 className="page-title">{t('ended')}</h1>
      <VisitRecord room={room} />
      <a className="btn primary w-fit" href="/sign-in">
        {t('goHome')}
      </a>
    </main>
  );
}
