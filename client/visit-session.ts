'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from './device-outbox';
import { onLiveEvent } from './live-updates';
import { type Outputs, problemOf, useTRPC, useTRPCClient } from './trpc';
import { useCatchUp } from './use-catch-up';
import { VisitStage } from './visit-stage';
import type { TransportSnapshot, VisitDevices, VisitTransport } from './visit-transport';

export type VisitRoom = Outputs['visits']['room'];
export type Line = VisitTransport & VisitDevices;
export type DeviceChoice = { camera: boolean; microphone: boolean; facingMode: 'user' | 'environment' };

export type VisitSession = {
  room: VisitRoom;
  /** Null until this tab joined: the person is still at the door. */
  joined: { participantId: string; devices: DeviceChoice } | null;
  line: Line | null;
  /** Why there is no line: a key of `failure.*`, or null while it is being made. */
  lineProblem: string | null;
  stage: VisitStage | null;
  nameOf(authorId: string): string;
  join(devices: DeviceChoice, presence: { locationText: string | null; presentOthers: string | null }): Promise<void>;
};

const RETRY_MS = [500, 1500, 3000, 5000];

function newTabNonce(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}

/** Keeps a line to the room for as long as the person is admitted and the visit is open; a lost room gets a new token. */
function useLine(visitId: string, wanted: boolean, devices: DeviceChoice | null) {
  const api = useTRPCClient();
  const [line, setLine] = useState<Line | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [nonce] = useState(newTabNonce);
  useEffect(() => {
    if (!wanted || !devices) return;
    let stopped = false;
    let current: Line | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (attempt: number) =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
      });
    async function keepUp() {
      // The client comes while the token is on its way: both are needed before anything is seen.
      const library = import('./livekit-transport');
      for (let attempt = 0; !stopped; attempt++) {
        try {
          const seat = await api.visits.token.mutate({ visitId, tabNonce: nonce });
          const made = await (await library).joinLiveKit({ ...seat, ...(devices as DeviceChoice) });
          if (stopped) return await made.disconnect();
          current = made;
          setLine(made);
          setProblem(null);
          attempt = 0;
          await lost(made);
          // A room also closes because its visit ended: the record says which, before a seat is asked for again.
          const { visit } = await api.visits.room.query({ visitId });
          if (visit.state !== 'open') return setLine(null);
        } catch (error) {
          setProblem(reasonOf(error));
        }
        setLine(null);
        current = null;
        if (!stopped) await wait(attempt);
      }
    }
    void keepUp();
    return () => {
      stopped = true;
      clearTimeout(timer);
      void current?.disconnect();
      setLine(null);
    };
  }, [api, visitId, wanted, devices, nonce]);
  return { line, problem };
}

function reasonOf(error: unknown): string {
  const { code, reason } = problemOf(error);
  // The token came and the room did not: the media server is the one that is away.
  return code === 'UNREACHABLE' && error instanceof Error && error.name === 'ConnectionError'
    ? 'media_server_down'
    : reason;
}

function lost(line: Line): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (line.snapshot().state === 'down') resolve();
    };
    line.subscribe(check);
    check();
  });
}

/** Everything a visit's page works with: the room as the server knows it, the line, and what is drawn. */
export function useVisitSession(visitId: string): VisitSession | null {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const queryClient = useQueryClient();
  const { data: room } = useQuery(trpc.visits.room.queryOptions({ visitId }));
  const [joined, setJoined] = useState<VisitSession['joined']>(null);
  const me = room?.me ?? null;
  const admitted = joined !== null && me?.state === 'admitted' && room?.visit.state === 'open';
  const { line, problem } = useLine(visitId, admitted, joined?.devices ?? null);
  const roster = useRef<VisitRoom['roster']>([]);
  roster.current = room?.roster ?? [];
  const outbox = useHydratedOutbox();
  const participantId = me?.id ?? null;
  const role = room?.role ?? null;

  const stage = useMemo(() => {
    if (!participantId || !role || !outbox) return null;
    return new VisitStage({
      me: { authorId: participantId, role },
      roleOf: (id) =>
        roster.current.find((person) => person.id === id && person.state !== 'waiting' && person.state !== 'removed')
          ?.role,
      save: (envelope) => outbox.add('annotation', envelope.opId, { visitId, envelope }),
      since: (revision) => api.annotations.since.query({ visitId, revision }),
      now: Date.now,
      newId: () => uuidv7(),
    });
  }, [participantId, role, outbox, api, visitId]);

  useEffect(() => {
    stage?.connect(line);
  }, [stage, line]);
  useCatchUp(stage);
  useEffect(() => outbox?.onSent((item) => stage?.markSaved(item.id)), [outbox, stage]);
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.topic === 'visit_ink' && event.id === visitId) void stage?.catchUp();
      }),
    [stage, visitId],
  );

  if (!room) return null;
  return {
    room,
    joined,
    line,
    lineProblem: problem,
    stage,
    nameOf: (authorId) => roster.current.find((person) => person.id === authorId)?.name ?? '',
    async join(devices, presence) {
      const seat = await api.visits.join.mutate({ visitId, ...presence });
      setJoined({ participantId: seat.participantId, devices });
      await queryClient.invalidateQueries();
    },
  };
}

const NO_LINE: TransportSnapshot = {
  state: 'connecting',
  peers: [],
  remoteVideos: [],
  microphoneOn: false,
  cameraOn: false,
  canPlayAudio: true,
  quality: { own: 'unknown', peer: 'unknown' },
};

/** The line as it is now; a stable picture of nothing while there is none. */
export function useLineSnapshot(line: Line | null): TransportSnapshot {
  return useSyncExternalStore(
    (listener) => line?.subscribe(listener) ?? (() => undefined),
    () => line?.snapshot() ?? NO_LINE,
    () => NO_LINE,
  );
}
