'use client';

import { Activity, type ReactNode } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import { useTranslations } from '#client/device/words/translations';
import { type LiveVisit, useLiveVisit } from '#client/visit/use-live-visit';
import { Elsewhere } from './door/elsewhere';
import { JoinPage } from './door/join';
import { TurnedAway } from './door/turned-away';
import { WaitingRoom } from './door/waiting';
import { LiveRoom } from './room/live';

const loadWithoutRoom = () => import('./door/without-room').then((module) => module.WithoutRoom);
const loadEnded = () => import('./record/ended').then((module) => module.EndedVisit);

/** Each side loads its own room only, before joining. */
const ROOMS = {
  clinician: () => import('./room/clinician').then((module) => module.ClinicianRoom),
  patient: () => import('./room/patient').then((module) => module.PatientRoom),
};

/** At the door, waiting to be let in, in the visit, and after it. */
export function VisitPage({ visitId }: { visitId: string }) {
  const liveVisit = useLiveVisit(visitId);
  const t = useTranslations('visit');
  const role = liveVisit?.room.role;
  const Room = useLoaded(role ? ROOMS[role === 'clinician' ? 'clinician' : 'patient'] : null);
  const state = liveVisit?.room.visit.state;
  const over = state === 'ended' || state === 'cancelled' || state === 'no_show';
  const EndedVisit = useLoaded(over ? loadEnded : null);
  const hasNoRoom = state === 'scheduled' && liveVisit?.room.visit.mode !== 'video';
  const WithoutRoom = useLoaded(hasNoRoom ? loadWithoutRoom : null);
  if (!liveVisit || (over && !EndedVisit) || (hasNoRoom && !WithoutRoom)) return <p role="status">{t('loading')}</p>;
  const { room, session } = liveVisit;
  const { phase } = session;
  if (EndedVisit) return <EndedVisit room={room} />;
  if (WithoutRoom) return <WithoutRoom room={room} />;
  if (room.me?.state === 'removed') return <TurnedAway room={room} />;
  if (session.hasLeft) return <p role="status">{t('leaving')}</p>;
  if (phase === 'elsewhere') return <Elsewhere liveVisit={liveVisit} />;
  const before = beforeTheRoom(liveVisit, t('loading'));
  return (
    <>
      {before}
      {/* Made while one stands before it, so that the press has it to show only; nothing in it runs until then. */}
      <Activity mode={before ? 'hidden' : 'visible'}>
        <LiveRoom liveVisit={liveVisit} Room={Room} />
      </Activity>
    </>
  );
}

/** What is shown until this person is let in and the line is made; null from then on. */
function beforeTheRoom(liveVisit: LiveVisit, loading: string): ReactNode {
  const { phase } = liveVisit.session;
  if (phase === 'waiting') return <WaitingRoom liveVisit={liveVisit} />;
  if (phase !== 'out' && phase !== 'asking') return null;
  return liveVisit.returning ? <p role="status">{loading}</p> : <JoinPage liveVisit={liveVisit} />;
}
