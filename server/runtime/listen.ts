import 'server-only';
import { listReachablePatientIds } from '#db/queries/people/access';
import { listSessions } from '#db/queries/people/sessions';
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

/** May this actor know that it happened? Clinic-wide topics go to staff, patient topics to who reaches the patient. */
function concerns(actor: Actor, reachable: ReadonlySet<string>, event: AddressedEvent): boolean {
  if (event.clinicId !== actor.clinicId) return false;
  if (event.userId !== null) return event.userId === actor.userId;
  if (event.patientId === null) return actor.roles.length > 0;
  return event.patientId === actor.patientId || reachable.has(event.patientId);
}

async function reach(app: AppProcess, { clinicId, userId, roles }: Actor, nowMs: number): Promise<Set<string>> {
  if (roles.length === 0) return new Set();
  return new Set(await app.database.read((d) => listReachablePatientIds(d, { clinicId, userId, nowMs })));
}

/** Throws UNAUTHORIZED once the login that opened the stream has ended, by whatever way. */
async function requireLogin(app: AppProcess, { userId, sessionId }: Actor, nowMs: number): Promise<void> {
  const sessions = await app.database.read((d) => listSessions(d, { userId, nowMs }));
  if (sessions.some((session) => session.id === sessionId && isSessionAlive(session, nowMs))) return;
  throw new Failure('UNAUTHORIZED', 'signed_out');
}

/** Keeps what happens until it is asked for; what does not fit is lost, since a page reads again anyway. */
function openQueue(app: AppProcess, signal: AbortSignal | undefined) {
  const waiting: AddressedEvent[] = [];
  let wake: () => void = () => undefined;
  const close = app.live.subscribe((event) => {
    if (waiting.length < QUEUE_MAX) waiting.push(event);
    wake();
  });
  signal?.addEventListener('abort', () => wake());
  return {
    close,
    /** The next event, or undefined where none came for a while. */
    async next(): Promise<AddressedEvent | undefined> {
      if (waiting.length === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOGIN_CHECK_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return waiting.shift();
    },
  };
}

type Listener = { app: AppProcess; actor: Actor; clock: () => number; signal: AbortSignal | undefined };

/** Topics and ids of what this actor may know of, for as long as the login lasts and the page is open. */
export async function* listenAs({ app, actor, clock, signal }: Listener): AsyncGenerator<LiveEvent, void> {
  const queue = openQueue(app, signal);
  try {
    let reachable = await reach(app, actor, clock());
    let reachedAt = clock();
    let checkedAt = clock();
    yield { topic: 'patient', id: 'connected' };
    while (!signal?.aborted) {
      const event = await queue.next();
      const isOwnLogin = event?.event.topic === 'session' && event.userId === actor.userId;
      if (isOwnLogin || clock() - checkedAt >= LOGIN_CHECK_MS) {
        await requireLogin(app, actor, clock());
        checkedAt = clock();
      }
      if (!event || event.event.topic === 'session') continue;
      if (event.event.topic === 'patient' || clock() - reachedAt > REACH_REFRESH_MS) {
        reachable = await reach(app, actor, clock());
        reachedAt = clock();
      }
      if (concerns(actor, reachable, event)) yield event.event;
    }
  } finally {
    queue.close();
  }
}
