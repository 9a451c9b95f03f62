'use client';

import { useQuery } from '@tanstack/react-query';
import { type ComponentType, useState, useSyncExternalStore } from 'react';
import type { DrawingBoard } from '#client/annotation/board';
import { useTRPC } from '#client/api/trpc';
import { useWakeLock } from '#client/device/use-wake-lock';
import { useTranslations } from '#client/device/words/translations';
import { camerasOf, stageOf } from '#client/visit/stage';
import { useFirstFrame } from '#client/visit/use-first-frame';
import { type LiveVisit, useLineSnapshot } from '#client/visit/use-live-visit';
import { useVisitTools } from '#client/visit/use-tools';
import { Doubled } from './line/doubled';
import type { RecordedRoom } from './props';

type Room = ComponentType<RecordedRoom>;

/** The visit while it is open and this person is admitted. */
export function LiveRoom({ liveVisit, Room }: { liveVisit: LiveVisit; Room: Room | null }) {
  const t = useTranslations('visit');
  if (!liveVisit.board || !Room) {
    return (
      <p className="p-8" role="status">
        {t('loading')}
      </p>
    );
  }
  return <OpenRoom liveVisit={liveVisit} board={liveVisit.board} Room={Room} />;
}

function OpenRoom({ liveVisit, board, Room }: { liveVisit: LiveVisit; board: DrawingBoard; Room: Room }) {
  const trpc = useTRPC();
  const visitId = liveVisit.room.visit.id;
  const [isSettled, settle] = useState(false);
  const { data: record } = useQuery(trpc.visitRecord.get.queryOptions({ visitId }, { enabled: isSettled }));
  const tools = useVisitTools(liveVisit, board, record);
  const snapshot = useLineSnapshot(liveVisit.line);
  const drawn = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  useSyncExternalStore(tools.stills.subscribe, tools.stills.snapshot, tools.stills.snapshot);
  useWakeLock(true);
  useFirstFrame({ isLive: liveVisit.line !== null, snapshot, video: tools.videos.peer, isThere: isSettled }, settle);
  const readyStills = new Set(record?.stills.filter((still) => still.state === 'ready').map((still) => still.id));
  const stage = stageOf(drawn.annotations);
  const { roster, me } = liveVisit.room;
  // Only who is admitted is seen: the media server lets a removed person back in until the server removes them again.
  const cameras = camerasOf({ stage, meId: me?.id ?? null, roster, videos: snapshot.remoteVideos });
  const seen = { drawn, snapshot, stage, cameras, readyStills, isSettled };
  const room = { liveVisit, board, tools, ...seen, record: record ?? null };
  return (
    <>
      <Room {...room} />
      {liveVisit.session.isDoubled ? <Doubled visitLine={liveVisit.visitLine} /> : null}
    </>
  );
}
