import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Threads } from './threads';
import { viewOf } from './view';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('threads'))('title') };
}

export default async function ThreadsPage({ searchParams }: PageProps<'/threads'>) {
  await requireStaff();
  const view = viewOf((await searchParams).view);
  await found(
    prefetch((trpc, _load, loadPages) => [
      loadPages(trpc.messages.inbox.infiniteQueryOptions({ view }, { getNextPageParam: (last) => last.nextCursor })),
    ]),
  );
  return (
    <Hydrate>
      <Threads view={view} episodeId={null} />
    </Hydrate>
  );
}
