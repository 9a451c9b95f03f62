import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { cookieReader, createContext } from '#server/context';
import { getProcess } from '#server/process';
import { appRouter } from '#server/routers/app';

const BATCH_MAX = 10;

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    createContext: () => createContext(getProcess(), cookieReader(request.headers.get('cookie')), request.headers),
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  });
}

export { handle as GET, handle as POST };
