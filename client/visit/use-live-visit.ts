'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { DrawingBoard } from '#client/annotation/board';
import { useCatchUp } from '#client/annotation/use-catch-up';
import { onLiveEvent } from '#client/api/live-updates';
import { quietTime } from '#client/api/quiet-time';
import { pageUse } from '#client/api/signed-out';
import { type Outputs, problemOf, useTRPC, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { DoorAccess } from './door-access';
import { type Recorded, VisitLine } from './line';
import type { LineState, Wishes } from './line-state';
import { AFTER_THE_PICTURE_MS, keepQuietWhileJoining } from './quiet-joining';
import { findDevices, readKeptVisit, SHUT, wishesOf, writeKeptVisit } from './rejoin';
import type { Line, RoomAccess, TransportSnapshot } from './transport';

export type VisitRoom = Outputs['visits']['room'];

export type LiveVisit = {
  room: VisitRoom;
  session: LineState;
  /** Whether this window goes back in after a reload; null while that is not known. */
  returning: boolean | null;
  /** Microphone, camera, and which window of the person goes on. */
  visitLine: VisitLine;
  /** Held at the door by who needs nobody to let them in. */
  door: DoorAccess;
  line: Line | null;
  /** Why there is no line: a key of `failure.*`, or null while it is connecting. */
  lineProblem: string | null;
  board: DrawingBoard | null;
  nameOf(authorId: string): string;
  join(wishes: Wishes, presence: { locationText: string | null; presentOthers: string | null }): Promise<void>;
};

const RETRY_MS = [500, 1500, 3000, 5000];

const loadTransport = () => import('./livekit-transport');

async function connect(access: RoomAccess): Promise<Line> {
  return await (await loadTransport()).joinLiveKit(access);
}

/** What can be made ready before "Join" is pressed. */
function prepare(access: RoomAccess): void {
  loadTransport().then(
    ({ prepareLiveKit }) => prepareLiveKit(access),
    () => undefined,
  );
}

function newTabNonce(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}

function reasonOf(error: unknown): string {
  const { code, reason } = problemOf(error);
  // The token came and the room did not: the media server is the one that is away.
  return code === 'UNREACHABLE' && error instanceof Error && error.name === 'ConnectionError'
    ? 'media_server_down'
    : reason;
}

const OVER: ReadonlySet<VisitRoom['visit']['state']> = new Set(['ended', 'cancelled', 'no_show']);

function recordedOf({ visit, me }: Pick<VisitRoom, 'visit' | 'me'>): Recorded {
  if (OVER.has(visit.state)) return 'over';
  if (!me || me.state === 'left' || me.state === 'at_door') return 'out';
  if (me.state === 'removed') return 'removed';
  return me.state === 'admitted' && visit.state === 'open' ? 'admitted' : 'not_admitted';
}

/** The line of this visit in this window, made once. */
function useVisitLine(visitId: string): { visitLine: VisitLine; door: DoorAccess; atDoorAs: string | null } {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const queryClient = useQueryClient();
  const [atDoorAs, setAtDoorAs] = useState<string | null>(null);
  const [made] = useState(() => {
    const { queryKey } = trpc.visits.room.queryOptions({ visitId });
    let nonce: string | null = null;
    // The same after a reload: the media server then knows that it is this window that comes again.
    const tabNonce = () => {
      nonce ??= readKeptVisit(visitId)?.nonce ?? newTabNonce();
      return nonce;
    };
    const door = new DoorAccess({
      async ask() {
        const granted = await api.visits.door.mutate({ visitId, tabNonce: tabNonce() });
        if (!granted) return null;
        const { participantId, ...access } = granted;
        setAtDoorAs(participantId);
        return access;
      },
      prepare,
      now: () => performance.now(),
    });
    const visitLine = new VisitLine(
      {
        async join(presence, isBegun) {
          const asked = isBegun ? presence : { ...presence, tabNonce: tabNonce() };
          const entered = await api.visits.join.mutate({ visitId, ...asked });
          // Known from the answer already; one from before the joining that is still on its way must not undo it.
          void queryClient.cancelQueries({ queryKey });
          queryClient.setQueryData(
            queryKey,
            (old) => old && { ...old, me: entered.me, visit: { ...old.visit, state: entered.visitState } },
          );
          const isAdmitted = entered.state === 'admitted' && entered.visitState === 'open';
          return { participantId: entered.participantId, isAdmitted, access: entered.roomAccess };
        },
        fromDoor: () => door.take(),
        token: () => api.visits.token.mutate({ visitId, tabNonce: tabNonce() }),
        async standing() {
          const recorded = recordedOf(await api.visits.room.query({ visitId }));
          if (recorded === 'over' || recorded === 'admitted') return recorded;
          return 'not_admitted';
        },
        connect,
        find: findDevices,
        kept: { write: (kept) => writeKeptVisit(visitId, { ...kept, nonce: tabNonce() }) },
        pause: (attempt) =>
          new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)])),
      },
      SHUT,
    );
    return { visitLine, door };
  });
  return { ...made, atDoorAs };
}

/** Where the line stands; a reload goes straight back in, as it was left. */
function useSession(visitLine: VisitLine, room: VisitRoom | undefined) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [session, setSession] = useState(visitLine.snapshot);
  const [returning, setReturning] = useState<boolean | null>(null);
  useEffect(
    () =>
      visitLine.subscribe(() => {
        const now = visitLine.snapshot();
        // Drawn in pieces, so that drawing the room does not hold up the connecting; at once when the picture may come.
        if (now.phase === 'live') setSession(now);
        else startTransition(() => setSession(now));
      }),
    [visitLine],
  );
  useEffect(() => keepQuietWhileJoining(visitLine, quietTime), [visitLine]);
  useEffect(() => () => visitLine.dispose(), [visitLine]);
  const visitId = room?.visit.id ?? null;
  const hasBegun = useRef(false);
  useEffect(() => {
    if (visitId === null || !room) return;
    visitLine.stand(recordedOf(room));
    if (hasBegun.current) return;
    hasBegun.current = true;
    const kept = readKeptVisit(visitId);
    const comesBack = kept?.isIn === true && recordedOf(room) !== 'over' && recordedOf(room) !== 'removed';
    visitLine.wishAll(wishesOf(kept?.wishes ?? { microphone: true, camera: true }));
    // With the same stroke as `returning`: the door asks for what is wished, and for nothing before it is known.
    setSession(visitLine.snapshot());
    setReturning(comesBack);
    const isHere = () => setReturning(false);
    // The page asks to join where that fails: there one can try again.
    if (comesBack) void visitLine.ask({ locationText: null, presentOthers: null }).then(isHere, isHere);
  }, [visitLine, visitId, room]);
  // Before joining: most of the wait for the first picture would be the loading of what shows it.
  useEffect(() => {
    loadTransport().catch(() => undefined);
  }, []);
  // A visit is use: hands are before the camera, not on the keys.
  const isLive = session.line !== null;
  useEffect(() => {
    pageUse.inVisit = isLive;
    return () => {
      pageUse.inVisit = false;
    };
  }, [isLive]);
  useEffect(() => {
    if (!isLive || visitId === null) return;
    // What changed while it connected; the live event of the joining may have read it already.
    const { queryKey } = trpc.visits.room.queryOptions({ visitId });
    const read = () => void queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false });
    const timer = setTimeout(read, AFTER_THE_PICTURE_MS);
    return () => clearTimeout(timer);
  }, [isLive, visitId, trpc, queryClient]);
  return { session, returning };
}

type Drawn = { visitId: string; room: VisitRoom | undefined; atDoorAs: string | null; session: LineState };

/** What is drawn in the visit, and of whom the roster knows it. Null until it is known as whom this person draws. */
function useVisitBoard({ visitId, room, atDoorAs, session }: Drawn) {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const roster = useRef<VisitRoom['roster']>([]);
  roster.current = room?.roster ?? [];
  // Known from the door on, so that the room can be made before the press.
  const participantId = room?.me?.id ?? atDoorAs;
  const role = room?.role ?? null;
  const board = useMemo(() => {
    if (!participantId || !role || !outbox) return null;
    return new DrawingBoard({
      me: { authorId: participantId, role },
      roleOf: (id) =>
        roster.current.find((person) => person.id === id && person.state !== 'waiting' && person.state !== 'removed')
          ?.role,
      save: (envelope) => outbox.add('annotation', envelope.opId, { visitId, envelope }),
      async since(revision) {
        await quietTime.over();
        return await api.annotations.since.query({ visitId, revision });
      },
      now: Date.now,
      newId: () => uuidv7(),
    });
  }, [participantId, role, outbox, api, visitId]);
  const { phase, line } = session;
  const drawnOn = phase === 'out' || phase === 'elsewhere' ? null : board;
  useEffect(() => {
    drawnOn?.connect(line);
  }, [drawnOn, line]);
  useCatchUp(drawnOn);
  useEffect(() => outbox?.onSent((item) => board?.markSaved(item.id)), [outbox, board]);
  useEffect(() => outbox?.onParked((item) => board?.markRefused(item.id)), [outbox, board]);
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.topic === 'visit_ink' && event.id === visitId) void drawnOn?.catchUp();
      }),
    [drawnOn, visitId],
  );
  return { board, roster };
}

/** The room as the server knows it, the line, and what is drawn. Null until the room is read. */
export function useLiveVisit(visitId: string): LiveVisit | null {
  const trpc = useTRPC();
  const { data: room } = useQuery(trpc.visits.room.queryOptions({ visitId }));
  const { visitLine, door, atDoorAs } = useVisitLine(visitId);
  const { session, returning } = useSession(visitLine, room);
  const { board, roster } = useVisitBoard({ visitId, room, atDoorAs, session });
  const { line, problem } = session;
  if (!room) return null;
  return {
    room,
    session,
    visitLine,
    door,
    line,
    lineProblem: problem === null ? null : reasonOf(problem),
    board,
    nameOf: (authorId) => roster.current.find((person) => person.id === authorId)?.name ?? '',
    returning,
    join(wishes, presence) {
      visitLine.wishAll(wishes);
      return visitLine.ask(presence);
    },
  };
}

const NO_LINE: TransportSnapshot = {
  state: 'connecting',
  peers: [],
  peerCameras: [],
  remoteVideos: [],
  microphoneOn: false,
  cameraOn: false,
  facing: 'user',
  isReplaced: false,
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
