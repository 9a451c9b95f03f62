'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { DrawingBoard } from '#client/annotation/board';
import { useCatchUp } from '#client/annotation/use-catch-up';
import { onLiveEvent } from '#client/api/live-updates';
import { type Outputs, problemOf, useTRPC, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { recallSeat, rememberSeat } from './rejoin';
import type { TransportSnapshot, VisitDevices, VisitTransport } from './transport';

export type VisitRoom = Outputs['visits']['room'];
export type Line = VisitTransport & VisitDevices;
export type DeviceChoice = { camera: boolean; microphone: boolean; facingMode: 'user' | 'environment' };

/** A place in the media server's room, for this tab, for some minutes. Good once. */
type Seat = NonNullable<Outputs['visits']['join']['seat']>;
type Joined = { participantId: string; devices: DeviceChoice; opening: Promise<Line> | null };

export type LiveVisit = {
  room: VisitRoom;
  /** Null until this tab joined: the person is still at the door. */
  joined: Joined | null;
  line: Line | null;
  /** Why there is no line: a key of `failure.*`, or null while it is being made. */
  lineProblem: string | null;
  board: DrawingBoard | null;
  nameOf(authorId: string): string;
  join(devices: DeviceChoice, presence: { locationText: string | null; presentOthers: string | null }): Promise<void>;
};

const RETRY_MS = [500, 1500, 3000, 5000];

const loadTransport = () => import('./livekit-transport');

async function openLine(seat: Seat, devices: DeviceChoice): Promise<Line> {
  return await (await loadTransport()).joinLiveKit({ ...seat, ...devices });
}

/** What came with the answer at the door is used at once: the room is drawn while the line is being made. */
function openAtOnce(seat: Seat | null, devices: DeviceChoice): Promise<Line> | null {
  const opening = seat && openLine(seat, devices);
  // Whoever takes the line hears what is wrong with it; nobody may have come to take it.
  opening?.catch(() => undefined);
  return opening;
}

function newTabNonce(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}

/** Keeps a line to the room for as long as the person is admitted and the visit is open; a lost room gets a new token. */
function useLine(visitId: string, nonce: string, wanted: boolean, joined: LiveVisit['joined']) {
  const api = useTRPCClient();
  const [line, setLine] = useState<Line | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // At the door already: most of the wait for the first picture would be the loading of what shows it.
  useEffect(() => {
    loadTransport().catch(() => undefined);
  }, []);
  useEffect(() => {
    if (!wanted || !joined) return;
    const { devices } = joined;
    let { opening } = joined;
    let stopped = false;
    let current: Line | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (attempt: number) =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
      });
    async function keepUp() {
      for (let attempt = 0; !stopped; attempt++) {
        try {
          opening ??= openLine(await api.visits.token.mutate({ visitId, tabNonce: nonce }), devices);
          const made = await opening;
          opening = null;
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
          opening = null;
          if (!stopped) setProblem(reasonOf(error));
        }
        // Another turn may have its line already.
        if (stopped) return;
        setLine(null);
        current = null;
        await wait(attempt);
      }
    }
    void keepUp();
    return () => {
      stopped = true;
      clearTimeout(timer);
      void current?.disconnect();
      setLine(null);
    };
  }, [api, visitId, wanted, joined, nonce]);
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

/** The seat of this tab. After a reload it is taken again; the answers given at the door stay as they are. */
function useSeat(visitId: string, nonce: string, open: boolean) {
  const api = useTRPCClient();
  const [joined, setJoined] = useState<LiveVisit['joined']>(null);
  useEffect(() => {
    const devices = open ? recallSeat(visitId) : null;
    if (!devices) return;
    api.visits.join.mutate({ visitId, locationText: null, presentOthers: null, tabNonce: nonce }).then(
      ({ participantId, seat }) => setJoined({ participantId, devices, opening: openAtOnce(seat, devices) }),
      // The door stays: there one can try again.
      () => undefined,
    );
  }, [api, visitId, nonce, open]);
  return [joined, setJoined] as const;
}

/** Takes the seat of this tab after the questions at the door. */
function useJoin(visitId: string, nonce: string, setJoined: (joined: LiveVisit['joined']) => void) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const queryClient = useQueryClient();
  const join: LiveVisit['join'] = async (devices, presence) => {
    const entered = await api.visits.join.mutate({ visitId, ...presence, tabNonce: nonce });
    const opening = openAtOnce(entered.seat, devices);
    // What the answer says is known at once: the line need not wait until the room has been read again.
    const { queryKey } = trpc.visits.room.queryOptions({ visitId });
    // An older answer that is still on its way must not undo it, nor close the line.
    void queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(
      queryKey,
      (old) => old && { ...old, me: entered.me, visit: { ...old.visit, state: entered.visitState } },
    );
    // The room is drawn in pieces, between which the line gets on.
    startTransition(() => setJoined({ participantId: entered.participantId, devices, opening }));
    rememberSeat(visitId, devices);
    // Everything else about the room can wait for the line; the event of one's own joining may have asked already.
    const readAgain = () => queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false });
    void Promise.resolve(opening).then(readAgain, readAgain);
  };
  return join;
}

/** Everything a visit's page works with: the room as the server knows it, the line, and what is drawn. */
export function useLiveVisit(visitId: string): LiveVisit | null {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const [nonce] = useState(newTabNonce);
  const { data: room } = useQuery(trpc.visits.room.queryOptions({ visitId }));
  const [joined, setJoined] = useSeat(visitId, nonce, room?.visit.state === 'open' && room.me?.state !== 'removed');
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

/** The line as it is now; a stable picture of nothing while there is none. */
export function useLineSnapshot(line: Line | null): TransportSnapshot {
  return useSyncExternalStore(
    (listener) => line?.subscribe(listener) ?? (() => undefined),
    () => line?.snapshot() ?? NO_LINE,
    () => NO_LINE,
  );
}
