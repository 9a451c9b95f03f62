import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireConsentingPatient } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { Feedback } from './feedback';

export default async function CheckInPage({ params }: PageProps<'/check-ins/[checkInId]'>) {
  const { userId } = await requireConsentingPatient();
  const { checkInId } = await params;
  if (!idSchema.safeParse(checkInId).success) notFound();
  await found(prefetch((trpc, load) => [load(trpc.checkIns.get.queryOptions({ checkInId }))]));
  return (
    <Hydrate>
      <Feedback checkInId={checkInId} userId={userId} />
    </Hydrate>
  );
}
