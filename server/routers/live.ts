import 'server-only';
import { TRPCError, tracked } from '@trpc/server';
import { listReachablePatientIds } from '#db/queries/people/access';
import { listSessions } from '#db/queries/people/sessions';
import { Failure } from '#domain/input/failure';
import type { LiveEvent } from '#domain/input/live-event';
import { isSessionAlive } from '#domain/people/session-policy';
import type { Actor } from '#server/auth/gate';
import type { AddressedEvent } from '#server/runtime/live';
import type { AppProcess } from '#server/runtime/process';
import { procedure, router } from './trpc';

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
  const cause = new Failure('UNAUTHORIZED', 'signed_out');
  throw new TRPCError({ code: cause.code, message: cause.reason, cause });
}

export const liveRouter = router({
  /** The server's clock, so that two browsers can mean the same instant. */
  clock: procedure('live.subscribe').query(({ ctx }) => ({ nowMs: ctx.clock() })),

  /** Topics and ids of what changed, for as long as the page is open. Only an invitation to read again. */
  events: procedure('live.subscribe').subscription(async function* ({ ctx, signal }) {
    const waiting: AddressedEvent[] = [];
    let wake: () => void = () => undefined;
    const unsubscribe = ctx.app.live.subscribe((event) => {
      if (waiting.length < QUEUE_MAX) waiting.push(event);
      wake();
    });
    signal?.addEventListener('abort', () => wake());
    let reachable = await reach(ctx.app, ctx.actor, ctx.clock());
    let reachedAt = ctx.clock();
    let checkedAt = ctx.clock();
    let sent = 0;
    try {
      yield tracked('0', { topic: 'patient', id: 'connected' } satisfies LiveEvent);
      while (!signal?.aborted) {
        const event = waiting.shift();
        const isOwnLogin = event?.event.topic === 'session' && event.userId === ctx.actor.userId;
        if (isOwnLogin || ctx.clock() - checkedAt >= LOGIN_CHECK_MS) {
          await requireLogin(ctx.app, ctx.actor, ctx.clock());
          checkedAt = ctx.clock();
        }
        if (event?.event.topic === 'session') continue;
        if (!event) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, LOGIN_CHECK_MS);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
          continue;
        }
        if (event.event.topic === 'patient' || ctx.clock() - reachedAt > REACH_REFRESH_MS) {
          reachable = await reach(ctx.app, ctx.actor, ctx.clock());
          reachedAt = ctx.clock();
        }
        if (concerns(ctx.actor, reachable, event)) yield tracked(String(++sent), event.event);
      }
    } finally {
      unsubscribe();
    }
  }),
});
