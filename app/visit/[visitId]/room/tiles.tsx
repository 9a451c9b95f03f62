'use client';

import { useTranslations } from '#client/device/words/translations';
import type { RoomProps } from './props';
import { LocalVideo, PeerVideo } from './video';

/** The cameras that are not on the stage. */
export function Tiles({ liveVisit, snapshot, tools, cameras, className }: RoomProps & { className: string }) {
  const t = useTranslations('visit');
  const { visit } = liveVisit.room;
  const mirrored = snapshot.facing === 'user';
  const patientId = liveVisit.room.roster.find((person) => person.role === 'patient')?.id;
  return (
    <>
      {cameras.own ? null : (
        <div className={className}>
          <LocalVideo
            line={liveVisit.line}
            place={tools.videos.local}
            style={{ objectFit: 'cover', transform: mirrored ? 'scaleX(-1)' : undefined }}
          />
          <span className="tile-name">{t('you')}</span>
        </div>
      )}
      {cameras.tiles.map(({ participantId, name, video }) => (
        <div key={participantId} className={className}>
          <PeerVideo
            video={video}
            place={participantId === patientId ? tools.videos.peer : undefined}
            style={{ objectFit: 'cover', transform: undefined }}
            waiting=""
          />
          <bdi className="tile-name">{participantId === patientId ? visit.patientName : name}</bdi>
        </div>
      ))}
    </>
  );
}
