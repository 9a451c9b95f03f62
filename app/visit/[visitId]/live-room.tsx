'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ComponentType, useSyncExternalStore } from 'react';
import type { VisitStage } from '#client/annotation/board';
import { useTRPC } from '#client/api/trpc';
import { useWakeLock } from '#client/device/use-wake-lock';
import { camerasOf, sceneOf } from '#client/visit/scene';
import { useLineSnapshot, type VisitSession } from '#client/visit/use-room';
import { useVisitTools } from '#client/visit/use-tools';
import type { RecordedRoom } from './clinician-room';

type Room = ComponentType<RecordedRoom>;

/** The visit: the patient's hand on the stage of both sides, tools around it, everything else out of its way. */
export function LiveRoom({ session, Room }: { session: VisitSession; Room: Room | null }) {
  const t = useTranslations('visit');
  if (!session.stage || !Room) {
    return (
      <p className="p-8" role="status">
        {t('loading')}
      </p>
    );
  }
  return <OpenRoom session={session} stage={session.stage} Room={Room} />;
}

function OpenRoom({ session, stage, Room }: { session: VisitSession; stage: VisitStage; Room: Room }) {
  const trpc = useTRPC();
  const visitId = session.room.visit.id;
  const { data: record } = useQuery(trpc.visitRecord.get.queryOptions({ visitId }));
  const tools = useVisitTools(session, stage, record);
  const snapshot = useLineSnapshot(session.line);
  const drawn = useSyncExternalStore(stage.subscribe, stage.snapshot, stage.snapshot);
  // A picture that arrives changes what the stage shows.
  useSyncExternalStore(tools.stills.subscribe, tools.stills.snapshot, tools.stills.snapshot);
  useWakeLock(true);
  const readyStills = new Set(record?.stills.filter((still) => still.state === 'ready').map((still) => still.id));
  const scene = sceneOf(drawn.annotations);
  const { roster, me } = session.room;
  // Only who is admitted is seen, whatever else the media server lets in until it is put out.
  const cameras = camerasOf({ scene, meId: me?.id ?? null, roster, videos: snapshot.remoteVideos });
  const room = { session, stage, tools, drawn, snapshot, scene, cameras, readyStills, record: record ?? null };
  return <Room {...room} />;
}
