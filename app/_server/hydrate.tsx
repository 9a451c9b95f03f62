import 'server-only';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cache, type ReactNode } from 'react';
import { appRouter } from '#server/routers/app';
import { pageContext } from './caller';

const pageQueries = cache(() => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000 } } }));

const pageProxy = cache(() =>
  createTRPCOptionsProxy({ ctx: pageContext, router: appRouter, queryClient: pageQueries() }),
);

type Load = QueryClient['fetchQuery'];
type LoadPages = QueryClient['fetchInfiniteQuery'];

/**
 * Loads queries on the server, so that the first paint has them; of those that go on in pages, by `loadPages`, the first.
 * A refusal is thrown to the page.
 */
export async function prefetch(
  queries: (trpc: ReturnType<typeof pageProxy>, load: Load, loadPages: LoadPages) => readonly Promise<unknown>[],
): Promise<void> {
  const client = pageQueries();
  await Promise.all(
    queries(pageProxy(), client.fetchQuery.bind(client) as Load, client.fetchInfiniteQuery.bind(client) as LoadPages),
  );
}

export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(pageQueries())}>{children}</HydrationBoundary>;
}
