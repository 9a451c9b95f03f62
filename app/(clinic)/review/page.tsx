import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Queue } from './queue';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('review'))('title') };
}

export default async function ReviewPage() {
  await requireStaff();
  await found(
    prefetch((trpc, _load, loadPages) => [
      loadPages(trpc.reviews.queue.infiniteQueryOptions({}, { getNextPageParam: (last) => last.nextCursor })),
    ]),
  );
  return (
    <Hydrate>
      <Queue />
    </Hydrate>
  );
}
