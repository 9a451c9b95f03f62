import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { TransportSnapshot } from '#client/visit/transport';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { presenceOf } from '#domain/visit/presence';

/** What is true of a person of this visit, in words; null where they are seen and there is nothing to say. */
export function usePresenceWords(snapshot: TransportSnapshot) {
  const t = useTranslations('visit.presence');
  const when = useWhen(null);
  const { peers, peerCameras: cameras, remoteVideos } = snapshot;
  const inRoom = { peers, cameras, seen: remoteVideos.map(({ participantId }) => participantId) };
  return (person: LiveVisit['room']['roster'][number] | undefined, name: string): string | null => {
    const presence = presenceOf(person, inRoom);
    if (presence.is === 'seen') return null;
    if (presence.is !== 'left') return t(presence.is, { name });
    if (presence.at === null) return t('gone', { name });
    const time = when(presence.at, 'time');
    return t('left', { name, time });
  };
}
