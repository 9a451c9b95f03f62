import 'server-only';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { $ZodError } from 'zod/v4/core';
import { Failure } from '#domain/input/failure';
import { mayInClinic, type Policy, ruleOf } from '#domain/people/access';
import { MINUTE_MS } from '#domain/time/duration';
import type { Actor } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import { noteRefusal } from '#server/runtime/refusals';
import { type RunWork, runRead, runWrite, type Trail } from '#server/runtime/unit-of-work';

export type Context = {
  readonly app: AppProcess;
  readonly actor: Actor | null;
  /** Somebody is signed in, and the page that asks is another's: then there is no actor. */
  readonly isOtherLogin?: boolean;
  readonly clock: () => number;
  /** Names this request in the log and in the answer's `x-request-id`. */
  readonly requestId: string;
  /** Our clock − that of the device that asks; absent or null where it does not say. */
  readonly sendingOffsetMs?: number | null;
  /** Did the request come from our own pages? Asked of every mutation. */
  readonly sameOrigin: boolean;
  /** Where the request came from, as tries are counted; see `networkOf`. */
  readonly network: string;
  /** By what the browser that asks is recognised when somebody signs in there; null where it is not known. */
  readonly deviceMark?: () => Promise<string | null>;
  /** To be set by the answer, where there is one. */
  readonly renewedCookie?: string | null;
};

type Meta = { policy: Policy };

/** What a refused field may say to a form: where and which rule, never the value. */
type FieldProblem = { path: string; code: string };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error }) {
      const reason = error.cause instanceof Failure ? error.cause.reason : error.code.toLowerCase();
      return {
        message: reason,
        code: shape.code,
        data: { code: error.code, httpStatus: shape.data.httpStatus, reason, fields: fieldProblems(error.cause) },
      };
    },
    sse: {
      maxDurationMs: 30 * MINUTE_MS,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
  });

function fieldProblems(cause: unknown): FieldProblem[] {
  if (!(cause instanceof ZodError || cause instanceof $ZodError)) return [];
  return cause.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.map(String).join('.'), code: issue.code ?? 'invalid' }));
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** A refusal of ours as the browser is told it; anything else as it is. Streams begin after the middleware has ended. */
export function asRefusal(error: unknown): unknown {
  return error instanceof Failure ? new TRPCError({ code: error.code, message: error.reason, cause: error }) : error;
}

const refusals = t.middleware(async ({ next, ctx, path, type, meta, getRawInput }) => {
  const startedAt = performance.now();
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof Failure) {
    const { app, actor, clock } = ctx;
    if (actor && meta && (cause.code === 'NOT_FOUND' || cause.code === 'FORBIDDEN'))
      noteRefusal(app, { act: meta.policy, actor, input: await getRawInput(), nowMs: clock() });
    throw asRefusal(cause);
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.app.log.error(
      {
        err: cause ?? result.error,
        requestId: ctx.requestId,
        path,
        type,
        ms: Math.round(performance.now() - startedAt),
      },
      'procedure failed',
    );
  }
  return result;
});

/** Fails closed: a procedure without a policy does not run, and a foreign page cannot make a browser write. */
const guarded = t.procedure.use(refusals).use(({ meta, ctx, type, next }) => {
  if (!meta) throw new Error('every procedure carries a policy');
  if (type === 'mutation' && !ctx.sameOrigin) throw new Failure('FORBIDDEN', 'foreign_origin');
  return next();
});

function admit(policy: Policy, { actor, isOtherLogin }: Pick<Context, 'actor' | 'isOtherLogin'>): Actor {
  if (!actor) throw new Failure('UNAUTHORIZED', isOtherLogin ? 'other_login' : 'signed_out');
  if (ruleOf(policy).on === 'clinic' && !mayInClinic(policy, actor.roles))
    throw new Failure('FORBIDDEN', 'not_allowed');
  return actor;
}

function runnersOf(ctx: Context, policy: Policy, trail: Trail = 'each'): { read: RunWork; write: RunWork } {
  const { app, actor, clock, sendingOffsetMs = null } = ctx;
  const source = { app, actor, policy, trail, clock, sendingOffsetMs };
  return {
    read: (body) => runRead(source, body),
    write: (body) => runWrite(source, body),
  };
}

/**
 * A procedure for signed-in people. It opens exactly one `ctx.read` or `ctx.write`. `trail`: how its writes stand in the
 * audit trail.
 */
export function procedure(policy: Policy, { trail }: { trail?: Trail } = {}) {
  return guarded
    .meta({ policy })
    .use(({ ctx, next }) => next({ ctx: { ...runnersOf(ctx, policy, trail), actor: admit(policy, ctx) } }));
}

/** A procedure for people who have no login yet. */
export function openProcedure(policy: Extract<Policy, `invite.${string}`>) {
  return guarded.meta({ policy }).use(({ ctx, next }) => next({ ctx: runnersOf(ctx, policy) }));
}
