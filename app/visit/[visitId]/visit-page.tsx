'use client';

import { useTranslations } from 'next-intl';
import { useVisitSession } from '#client/visit-session';
import { Door } from './door';
import { EndedVisit } from './ended-visit';
import { LiveRoom } from './live-room';
import { WaitingRoom } from './waiting-room';

/** One page, four moments: at the door, waiting, in the visit, and after it. */
export function VisitPage({ visitId }: { visitId: string }) {
  const session = useVisitSession(visitId);
  const t = useTranslations('visit');
  if (!session) return <p role="status">{t('loading')}</p>;
  const { room, joined } = session;
  const over = room.visit.state === 'ended' || room.visit.state === 'cancelled' || room.visit.state === 'no_show';
  if (over) return <EndedVisit room={room} />;
  if (!joined) return <Door session={session} />;
  if (room.me?.state !== 'admitted') return <WaitingRoom session={session} />;
  return <LiveRoom session={session} />;
}
