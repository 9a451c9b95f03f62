'use client';

import { useEffect, useMemo, useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { DrawingBoard } from '#client/annotation/board';
import { frameOf } from '#client/annotation/frame-of';
import { ServerClock } from '#client/api/server-clock';
import { type Outputs, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { keptMarks } from '#domain/annotation/keep';
import { VisitCues } from './cues';
import { keepStill } from './keep-still';
import { VisitStills } from './stills';
import type { LiveVisit } from './use-live-visit';

const MEASURE_CLOCK_MS = 60_000;
const MEASURE_AFTER_MS = 300;

/** The videos on this page, wherever they are shown: what a frame is grabbed from. */
type VisitVideos = {
  local: { current: HTMLVideoElement | null };
  peer: { current: HTMLVideoElement | null };
};

export type VisitTools = { clock: ServerClock; cues: VisitCues; stills: VisitStills; videos: VisitVideos };

/** Measured while there is a line; neither while connecting nor at once: that would delay the first picture. */
function useMeasured(clock: ServerClock, isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return;
    const first = setTimeout(() => void clock.measure(), MEASURE_AFTER_MS);
    const timer = setInterval(() => void clock.measure(), MEASURE_CLOCK_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [clock, isLive]);
}

export function useVisitTools(
  { room, line }: LiveVisit,
  board: DrawingBoard,
  record: Outputs['visitRecord']['get'] | undefined,
): VisitTools {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const roster = useRef(room.roster);
  roster.current = room.roster;
  const visitId = room.visit.id;
  const role = room.role;
  const me = room.me;
  const participantId = me?.id ?? '';
  const userId = me?.userId ?? '';
  const videos = useRef<VisitVideos>({ local: { current: null }, peer: { current: null } }).current;

  const tools = useMemo(() => {
    const roleOf = (id: string) =>
      roster.current.find((person) => person.id === id && person.state !== 'waiting' && person.state !== 'removed')
        ?.role;
    const clock = new ServerClock({ ask: () => api.live.clock.query(), now: Date.now });
    const cues = new VisitCues({
      clock,
      roleOf,
      // One that this device cannot keep is tried again while the page is open.
      save: ({ kind, id, input }) => void outbox?.add(kind, id, { visitId, ...input }).catch(() => undefined),
      newId: () => uuidv7(),
    });
    const stills = new VisitStills({
      role,
      roleOf,
      grab: () => frameOf(role === 'patient' ? videos.local.current : videos.peer.current),
      keep: async (still) => outbox !== null && (await keepStill({ api, outbox, visitId, userId }, still)),
      keepMarks(stillId, markIds) {
        const { annotations } = board.snapshot();
        const kept = keptMarks(annotations, { markIds, authorId: participantId, stillId, newId: () => uuidv7() });
        for (const mark of kept) board.commit(mark);
      },
      now: () => clock.now(),
      newId: () => uuidv7(),
    });
    return { clock, cues, stills, videos };
  }, [api, outbox, role, visitId, participantId, userId, board, videos]);

  useEffect(() => {
    tools.cues.connect(line);
    tools.stills.connect(line);
    return () => {
      tools.cues.connect(null);
      tools.stills.connect(null);
    };
  }, [tools, line]);
  useMeasured(tools.clock, line !== null);
  useEffect(() => {
    if (record) tools.cues.restore(record.cues);
  }, [tools, record]);
  return tools;
}
