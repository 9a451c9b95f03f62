import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Notices } from './notices';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notices'))('title') };
}

export default async function NoticesPage() {
  await requireStaff();
  await found(
    prefetch((trpc, _load, loadPages) => [
      loadPages(trpc.notices.list.infiniteQueryOptions({}, { getNextPageParam: (last) => last.nextCursor })),
    ]),
  );
  return (
    <Hydrate>
      <Notices />
    </Hydrate>
  );
}
