import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DeviceClipUploads } from '#components/shell/clip-uploads';
import { Providers } from '#components/shell/providers';
import { idSchema } from '#domain/input/fields';
import { requireActor } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { WhileInUse } from '../../_server/while-in-use';
import { VisitPage } from './phases';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visit'))('title') };
}

export default async function Page({ params }: PageProps<'/visit/[visitId]'>) {
  const actor = await requireActor();
  const { userId } = actor;
  const { visitId } = await params;
  if (!idSchema.safeParse(visitId).success) notFound();
  await found(prefetch((trpc, load) => [load(trpc.visits.room.queryOptions({ visitId }))]));
  return (
    <Providers userId={userId}>
      <DeviceClipUploads userId={userId}>
        <WhileInUse actor={actor}>
          <Hydrate>
            <VisitPage visitId={visitId} />
          </Hydrate>
        </WhileInUse>
      </DeviceClipUploads>
    </Providers>
  );
}
