import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { ACCOUNT_HEADER } from '#domain/people/page-account';
import type { AppRouter } from '#server/routers/app';
import { deviceTimeHeader } from './device-clock';
import { ForeignAnswer, pageUse, watchedFetch } from './signed-out';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Outputs = inferRouterOutputs<AppRouter>;
export type ApiClient = ReturnType<typeof createApiClient>;

const headersOf = (userId: string | null) => () => ({
  ...pageUse.headers(),
  ...deviceTimeHeader(),
  ...(userId ? { [ACCOUNT_HEADER]: userId } : {}),
});

const URL_PATH = '/api/trpc';

/**
 * The typed door to the server, for a page of this account. The only file of the browser that names it. Events come by
 * `event-stream.ts`.
 */
export function createApiClient(userId: string | null = null) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: URL_PATH, maxItems: 10, fetch: watchedFetch, headers: headersOf(userId) })],
  });
}

type ApiProblem = { code: string; reason: string; fields: { path: string; code: string }[] };

/** An answer of somebody else: what is too large is refused for good; a page that asks for something else is no line. */
function foreignProblem(status: number): ApiProblem {
  if (status === 413) return { code: 'PAYLOAD_TOO_LARGE', reason: 'too_large', fields: [] };
  if (status === 429) return { code: 'TOO_MANY_REQUESTS', reason: 'too_many', fields: [] };
  if (status >= 400) return { code: 'INTERNAL_SERVER_ERROR', reason: 'internal_server_error', fields: [] };
  return { code: 'UNREACHABLE', reason: 'unreachable', fields: [] };
}

/** What the server said, or that it could not be reached. `reason` is a key of `failure.*`. */
export function problemOf(error: unknown): ApiProblem {
  const known = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>) : null;
  if (known?.data) return { code: known.data.code, reason: known.data.reason, fields: known.data.fields };
  if (known?.cause instanceof ForeignAnswer) return foreignProblem(known.cause.status);
  return { code: 'UNREACHABLE', reason: 'unreachable', fields: [] };
}

const FINAL = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST', 'CONFLICT']);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (count, error) => count < 2 && !FINAL.has(problemOf(error).code) },
    },
  });
}
