import 'server-only';
import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Failure, retryAfterSeconds } from '#domain/input/failure';
import { cookieReader } from '#server/auth/request';
import { buildHeader } from '#server/runtime/build';
import type { AppProcess } from '#server/runtime/process';
import { appRouter } from './app';
import { createContext } from './context';
import type { Context } from './trpc';

const BATCH_MAX = 10;

/** Answers what a page asks of procedures. */
export function answerProcedures(app: AppProcess, request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    createContext: () => createContext(app, cookieReader(request.headers.get('cookie')), request.headers),
    responseMeta: ({ errors, ctx }) => ({ headers: headersOf(errors, ctx) }),
  });
}

/** Nothing is kept by a browser; a login that rolls on says so; who is slowed down is told for how long. */
function headersOf(errors: readonly TRPCError[], ctx: Context | undefined): Headers {
  const headers = new Headers({ 'cache-control': 'no-store', ...buildHeader() });
  const waits = errors.map(({ cause }) => (cause instanceof Failure ? (cause.retryAfterMs ?? 0) : 0));
  const longest = Math.max(0, ...waits);
  if (longest > 0) headers.set('retry-after', retryAfterSeconds(longest));
  if (ctx?.renewedCookie) headers.append('set-cookie', ctx.renewedCookie);
  return headers;
}
