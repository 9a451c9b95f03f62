'use client';

import { useTranslations } from 'next-intl';
import { useLoaded } from '#client/api/use-loaded';
import { useLiveVisit } from '#client/visit/use-live-visit';
import { SignedOut } from '#components/shell/signed-out';
import { JoinPage } from './door/join';
import { TurnedAway } from './door/turned-away';
import { WaitingRoom } from './door/waiting';
import { LiveRoom } from './room/live';

const loadEnded = () => import('./record/ended').then((module) => module.EndedVisit);

/** Each side loads its own room only, before joining. */
const ROOMS = {
  clinician: () => import('./room/clinician').then((module) => module.ClinicianRoom),
  patient: () => import('./room/patient').then((module) => module.PatientRoom),
};

export function VisitPage({ visitId }: { visitId: string }) {
  return (
    <>
      <div className="fixed inset-x-0 top-0 z-40">
        <SignedOut />
      </div>
      <Phase visitId={visitId} />
    </>
  );
}

/** At the door, waiting to be let in, in the visit, and after it. */
function Phase({ visitId }: { visitId: string }) {
  const liveVisit = useLiveVisit(visitId);
  const t = useTranslations('visit');
  const role = liveVisit?.room.role;
  const Room = useLoaded(role ? ROOMS[role === 'clinician' ? 'clinician' : 'patient'] : null);
  const state = liveVisit?.room.visit.state;
  const over = state === 'ended' || state === 'cancelled' || state === 'no_show';
  const EndedVisit = useLoaded(over ? loadEnded : null);
  if (!liveVisit || (over && !EndedVisit)) return <p role="status">{t('loading')}</p>;
  const { room, joined } = liveVisit;
  if (EndedVisit) return <EndedVisit room={room} />;
  if (room.me?.state === 'removed') return <TurnedAway room={room} />;
  // Left in another tab: this one may come back in.
  if (!joined || room.me?.state === 'left') return <JoinPage liveVisit={liveVisit} />;
  if (room.me?.state !== 'admitted') return <WaitingRoom liveVisit={liveVisit} />;
  return <LiveRoom liveVisit={liveVisit} Room={Room} />;
}
