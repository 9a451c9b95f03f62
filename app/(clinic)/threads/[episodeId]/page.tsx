import { notFound } from 'next/navigation';
import { placeAfterFlags } from '#client/practice/place-after';
import { idSchema } from '#domain/input/fields';
import { pageCaller, requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { Threads } from '../threads';
import { viewOf } from '../view';

export default async function ThreadPage({ params, searchParams }: PageProps<'/threads/[episodeId]'>) {
  await requireStaff();
  const { episodeId } = await params;
  const view = viewOf((await searchParams).view);
  if (!idSchema.safeParse(episodeId).success) notFound();
  const caller = await pageCaller();
  const { patientId } = await found(caller.messages.teamSide({ episodeId }));
  await found(
    prefetch((trpc, load, loadPages) => [
      loadPages(trpc.messages.inbox.infiniteQueryOptions({ view }, { getNextPageParam: (last) => last.nextCursor })),
      load(trpc.messages.thread.queryOptions({ episodeId })),
      load(trpc.messages.teamSide.queryOptions({ episodeId })),
      load(trpc.messages.phrases.queryOptions()),
      loadPages(trpc.flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags })),
      load(trpc.flags.caution.queryOptions({ patientId })),
    ]),
  );
  return (
    <Hydrate>
      <Threads view={view} episodeId={episodeId} />
    </Hydrate>
  );
}
