import 'server-only';
import { listReachablePatientIds } from '#db/queries/people/access';
import { listRunningEmergencies } from '#db/queries/people/emergency';
import { listSessions } from '#db/queries/people/sessions';
import { reachOf } from '#db/reach';
import { Failure } from '#domain/input/failure';
import type { LiveEvent } from '#domain/input/live-event';
import { isSessionAlive } from '#domain/people/session-policy';
import type { Actor } from '#server/auth/gate';
import type { AddressedEvent } from './live';
import type { AppProcess } from './process';

const QUEUE_MAX = 200;
const REACH_REFRESH_MS = 30_000;
/** A stream is one long request: it asks again and again whether its login still counts. */
const LOGIN_CHECK_MS = 10_000;
/** A process that has just begun hears others a moment later. */
const HEARD_MS = 2000;

/** May this actor know that it happened? Clinic-wide topics go to staff, patient topics to who reaches the patient. */
function concerns(actor: Actor, reachable: ReadonlySet<string>, event: AddressedEvent): boolean {
  if (event.clinicId !== actor.clinicId) return false;
  if (event.userId !== null) return event.userId === actor.userId;
  if (event.patientId === null) return actor.roles.length > 0;
  return event.patientId === actor.patientId || reachable.has(event.patientId);
}

async function reach(app: AppProcess, { clinicId, userId, roles }: Actor, nowMs: number): Promise<Set<string>> {
  if (roles.length === 0) return new Set();
  return new Set(
    await app.database.read(function* (d) {
      const asked = { clinicId, userId, nowMs };
      return [
        ...(yield* listReachablePatientIds(d, yield* reachOf(d, asked))),
        ...(yield* listRunningEmergencies(d, asked)).map((running) => running.patientId),
      ];
    }),
  );
}

/** Throws UNAUTHORIZED once the login that opened the stream has ended, by whatever way. */
async function requireLogin(app: AppProcess, { userId, sessionId }: Actor, nowMs: number): Promise<void> {
  const sessions = await app.database.read((d) => listSessions(d, { userId, nowMs }));
  if (sessions.some((session) => session.id === sessionId && isSessionAlive(session, nowMs))) return;
  throw new Failure('UNAUTHORIZED', 'signed_out');
}

type Waiting = { events: AddressedEvent[]; hasOverflown: boolean; isBroken: boolean };

/** Keeps what happens until it is asked for. What does not fit is said to be missing, so that the page reads all again. */
function openQueue(app: AppProcess, signal: AbortSignal | undefined) {
  const waiting: Waiting = { events: [], hasOverflown: false, isBroken: false };
  // What happens between two questions is noticed at the next one: nothing is slept through.
  let isAwake = false;
  let wake: () => void = () => undefined;
  const rouse = () => {
    isAwake = true;
    wake();
  };
  const close = app.live.subscribe((event) => {
    if (waiting.events.length < QUEUE_MAX) waiting.events.push(event);
    else waiting.hasOverflown = true;
    rouse();
  });
  const closeBreak = app.live.onBreak(() => {
    waiting.isBroken = true;
    rouse();
  });
  signal?.addEventListener('abort', rouse);
  return {
    close() {
      close();
      closeBreak();
      signal?.removeEventListener('abort', rouse);
    },
    /** What has happened since, or nothing where nothing came for a while. */
    async take(): Promise<Waiting> {
      if (!isAwake && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOGIN_CHECK_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isAwake = false;
      const taken = { ...waiting };
      Object.assign(waiting, { events: [], hasOverflown: false });
      return taken;
    },
  };
}

/** An event, and about whose record it is. */
type Heard = LiveEvent & { patientId: string | null };

type Listener = { app: AppProcess; actor: Actor; clock: () => number; signal: AbortSignal | undefined };

/** "Read all again": the first thing on a stream, and whenever something may have been missed. */
export const ALL: Heard = { topic: 'patient', id: 'connected', patientId: null };

/**
 * Topics and ids of what this actor may know of, for as long as the login lasts and the page is open. Throws
 * SERVICE_UNAVAILABLE where other processes are not heard, or this one ends: the page polls until a stream begins again.
 */
export async function* listenAs({ app, actor, clock, signal }: Listener): AsyncGenerator<Heard, void> {
  if (!(await app.live.isHeard(HEARD_MS))) throw new Failure('SERVICE_UNAVAILABLE', 'live_down');
  const queue = openQueue(app, signal);
  try {
    let reachable = await reach(app, actor, clock());
    let reachedAt = clock();
    let checkedAt = clock();
    yield ALL;
    while (!signal?.aborted) {
      const { events, hasOverflown, isBroken } = await queue.take();
      if (isBroken) throw new Failure('SERVICE_UNAVAILABLE', 'live_down');
      const isOwnLogin = events.some(({ event, userId }) => event.topic === 'session' && userId === actor.userId);
      if (isOwnLogin || clock() - checkedAt >= LOGIN_CHECK_MS) {
        await requireLogin(app, actor, clock());
        checkedAt = clock();
      }
      if (events.some(({ event }) => event.topic === 'patient') || clock() - reachedAt > REACH_REFRESH_MS) {
        reachable = await reach(app, actor, clock());
        reachedAt = clock();
      }
      if (hasOverflown) yield ALL;
      for (const one of events) {
        const { event, patientId } = one;
        if (event.topic !== 'session' && concerns(actor, reachable, one)) yield { ...event, patientId };
      }
    }
  } finally {
    queue.close();
  }
}
