'use client';

import { useTranslations } from '#client/device/words/translations';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { Logo } from '#components/shell/logo';
import { CallInstead } from '../call-instead';
import { LeaveButton } from '../leave-button';

/** The patient waits here until the clinician admits them. There is no token before. */
export function WaitingRoom({ liveVisit }: { liveVisit: LiveVisit }) {
  const t = useTranslations('visit');
  const { visit } = liveVisit.room;
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-6 px-4 py-8">
      <Logo />
      <div role="status">
        <h1 className="page-title">{t('waiting', { name: visit.clinicianName })}</h1>
      </div>
      <p>{t('waitingLead')}</p>
      <LeaveButton liveVisit={liveVisit} />
      <CallInstead room={liveVisit.room} />
    </main>
  );
}
