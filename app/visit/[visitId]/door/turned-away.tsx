import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Logo } from '#components/shell/logo';
import { CallInstead } from '../call-instead';

/** The clinician did not let this person in, or put them out: it says so, and how else the clinic can be reached. */
export function TurnedAway({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-6 px-4 py-8">
      <Logo />
      <div role="status">
        <h1 className="page-title">{t('turnedAway', { name: room.visit.clinicianName })}</h1>
      </div>
      <p>{t('turnedAwayLead')}</p>
      <CallInstead room={room} visit={false} />
      <a className="btn quiet" href="/">
        {t('toStart')}
      </a>
    </main>
  );
}
