'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { DrawingBoard } from '#client/annotation/board';
import { useCatchUp } from '#client/annotation/use-catch-up';
import { onLiveEvent } from '#client/api/live-updates';
import { pageUse } from '#client/api/signed-out';
import { type Outputs, problemOf, useTRPC, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { keepLine } from './keep-line';
import { devicesForRejoin, rememberForRejoin } from './rejoin';
import type { DeviceChoice, Line, RoomAccess, TransportSnapshot } from './transport';

export type VisitRoom = Outputs['visits']['room'];

/** `connecting` = begun with what joining answered; null where that brought no access to the room. */
type Joined = { participantId: string; devices: DeviceChoice; connecting: Promise<Line> | null };

export type LiveVisit = {
  room: VisitRoom;
  joined: Joined | null;
  line: Line | null;
  /** Why there is no line: a key of `failure.*`, or null while it is connecting. */
  lineProblem: string | null;
  board: DrawingBoard | null;
  nameOf(authorId: string): string;
  join(devices: DeviceChoice, presence: { locationText: string | null; presentOthers: string | null }): Promise<void>;
};

const RETRY_MS = [500, 1500, 3000, 5000];

const loadTransport = () => import('./livekit-transport');

async function connect(roomAccess: RoomAccess, devices: DeviceChoice): Promise<Line> {
  return await (await loadTransport()).joinLiveKit(roomAccess, devices);
}

function connectAtOnce(roomAccess: RoomAccess | null, devices: DeviceChoice): Promise<Line> | null {
  const connecting = roomAccess && connect(roomAccess, devices);
  // A failure is handled where the line is awaited; a page that is left before awaits nothing.
  connecting?.catch(() => undefined);
  return connecting;
}

function newTabNonce(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}

/** Keeps a line for as long as the person is admitted and the visit is open; a lost room gets a new token. */
function useLine(visitId: string, nonce: string, wanted: boolean, joined: Joined | null) {
  const api = useTRPCClient();
  const [line, setLine] = useState<Line | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Before joining: most of the wait for the first picture would be the loading of what shows it.
  useEffect(() => {
    loadTransport().catch(() => undefined);
  }, []);
  useEffect(() => {
    if (!wanted || !joined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const release = keepLine<Line>({
      begun: joined.connecting,
      connect: async () => connect(await api.visits.token.mutate({ visitId, tabNonce: nonce }), joined.devices),
      standing: async () => {
        const { visit, me } = await api.visits.room.query({ visitId });
        if (visit.state !== 'open') return 'over';
        return me?.state === 'admitted' ? 'admitted' : 'not_admitted';
      },
      pause: (attempt) =>
        new Promise((resolve) => {
          timer = setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
        }),
      onLine: setLine,
      onProblem: (error) => setProblem(error === null ? null : reasonOf(error)),
    });
    return () => {
      clearTimeout(timer);
      release();
    };
  }, [api, visitId, wanted, joined, nonce]);
  // A visit is use: hands are before the camera, not on the keys.
  useEffect(() => {
    pageUse.inVisit = !!line;
    return () => {
      pageUse.inVisit = false;
    };
  }, [line]);
  return { line, problem };
}

function reasonOf(error: unknown): string {
  const { code, reason } = problemOf(error);
  // The token came and the room did not: the media server is the one that is away.
  return code === 'UNREACHABLE' && error instanceof Error && error.name === 'ConnectionError'
    ? 'media_server_down'
    : reason;
}

/** After a reload this tab joins again by itself; where it is and who is with it stay as they were said. */
function useRejoin(visitId: string, nonce: string, open: boolean) {
  const api = useTRPCClient();
  const [joined, setJoined] = useState<Joined | null>(null);
  useEffect(() => {
    const devices = open ? devicesForRejoin(visitId) : null;
    if (!devices) return;
    api.visits.join.mutate({ visitId, locationText: null, presentOthers: null, tabNonce: nonce }).then(
      (entered) =>
        setJoined({
          participantId: entered.participantId,
          devices,
          connecting: connectAtOnce(entered.roomAccess, devices),
        }),
      // The page still asks to join: there one can try again.
      () => undefined,
    );
  }, [api, visitId, nonce, open]);
  return [joined, setJoined] as const;
}

function useJoin(visitId: string, nonce: string, setJoined: (joined: Joined | null) => void) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const queryClient = useQueryClient();
  const join: LiveVisit['join'] = async (devices, presence) => {
    const entered = await api.visits.join.mutate({ visitId, ...presence, tabNonce: nonce });
    const connecting = connectAtOnce(entered.roomAccess, devices);
    // Known from the answer already, so that connecting does not wait until the room has been read again.
    const { queryKey } = trpc.visits.room.queryOptions({ visitId });
    // An answer from before the joining that is still on its way must not undo it.
    void queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (old) => old && { ...old, me: entered.me, visit: { ...old.visit, state: entered.visitState } },
    );
    // Drawn in pieces, so that drawing the room does not hold up the connecting.
    startTransition(() => setJoined({ participantId: entered.participantId, devices, connecting }));
    rememberForRejoin(visitId, devices);
    // The rest of the room is read after the line is there; the live event of the joining may have read it already.
    const readAgain = () => queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false });
    void Promise.resolve(connecting).then(readAgain, readAgain);
  };
  return join;
}

/** The room as the server knows it, the line, and what is drawn. Null until the room is read. */
export function useLiveVisit(visitId: string): LiveVisit | null {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const [nonce] = useState(newTabNonce);
  const { data: room } = useQuery(trpc.visits.room.queryOptions({ visitId }));
  const [joined, setJoined] = useRejoin(visitId, nonce, room?.visit.state === 'open' && room.me?.state !== 'removed');
  const join = useJoin(visitId, nonce, setJoined);
  const me = room?.me ?? null;
  const admitted = joined !== null && me?.state === 'admitted' && room?.visit.state === 'open';
  const { line, problem } = useLine(visitId, nonce, admitted, joined);
  const roster = useRef<VisitRoom['roster']>([]);
  roster.current = room?.roster ?? [];
  const outbox = useHydratedOutbox();
  const participantId = me?.id ?? null;
  const role = room?.role ?? null;

  const board = useMemo(() => {
    if (!participantId || !role || !outbox) return null;
    return new DrawingBoard({
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
    board?.connect(line);
  }, [board, line]);
  useCatchUp(board);
  useEffect(() => outbox?.onSent((item) => board?.markSaved(item.id)), [outbox, board]);
  useEffect(() => outbox?.onParked((item) => board?.markRefused(item.id)), [outbox, board]);
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.topic === 'visit_ink' && event.id === visitId) void board?.catchUp();
      }),
    [board, visitId],
  );

  if (!room) return null;
  return {
    room,
    joined,
    line,
    lineProblem: problem,
    board,
    nameOf: (authorId) => roster.current.find((person) => person.id === authorId)?.name ?? '',
    join,
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

/** While there is no line: one that is connecting, with nobody on it. */
export function useLineSnapshot(line: Line | null): TransportSnapshot {
  return useSyncExternalStore(
    (listener) => line?.subscribe(listener) ?? (() => undefined),
    () => line?.snapshot() ?? NO_LINE,
    () => NO_LINE,
  );
}
