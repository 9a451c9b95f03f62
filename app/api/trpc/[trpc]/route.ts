import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Failure, retryAfterSeconds } from '#domain/input/failure';
import { cookieReader } from '#server/auth/request';
import { appRouter } from '#server/routers/app';
import { createContext } from '#server/routers/context';
import { getProcess } from '#server/runtime/process';
import { partsWith, readBody, tooLarge } from '#server/runtime/request-body';

const BATCH_MAX = 10;
/** Far more than ten of the largest things that pages send: clips and stills have a door of their own. */
const BODY_MAX = 1024 * 1024;

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    createContext: () => createContext(getProcess(), cookieReader(request.headers.get('cookie')), request.headers),
    responseMeta: ({ errors, ctx }) => ({ headers: headersOf(errors, ctx?.requestId) }),
  });
}

/** Nothing is kept by a browser; who is slowed down is told for how long; the log's name of the request goes with it. */
function headersOf(errors: readonly TRPCError[], requestId: string | undefined): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (requestId) headers.set('x-request-id', requestId);
  const waits = errors.map(({ cause }) => (cause instanceof Failure ? (cause.retryAfterMs ?? 0) : 0));
  const longest = Math.max(0, ...waits);
  if (longest > 0) headers.set('retry-after', retryAfterSeconds(longest));
  return headers;
}

async function handlePost(request: Request): Promise<Response> {
  const body = await readBody(request, BODY_MAX);
  return body ? handle(new Request(...partsWith(request, body))) : tooLarge();
}

export { handle as GET, handlePost as POST };
