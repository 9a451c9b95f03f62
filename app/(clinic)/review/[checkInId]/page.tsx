import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../_server/caller';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { ReviewDesk } from './desk';
import { PastReview } from './past-review';

/**
 * Answered before, or waiting for its clip: to read. Anything else is claimed; a patient of the pool can be read only
 * then.
 */
export default async function ReviewCheckInPage({ params }: PageProps<'/review/[checkInId]'>) {
  const { userId, name } = await requireStaff();
  const { checkInId } = await params;
  if (!idSchema.safeParse(checkInId).success) notFound();
  let toRead = false;
  await prefetch((trpc, load) => [
    load(trpc.checkIns.get.queryOptions({ checkInId })).then((checkIn) => {
      toRead = !checkIn.isInQueue;
    }),
  ]).catch(() => undefined);
  if (!toRead) return <ReviewDesk key={checkInId} checkInId={checkInId} userId={userId} name={name} />;
  return (
    <Hydrate>
      <PastReview checkInId={checkInId} userId={userId} name={name} />
    </Hydrate>
  );
}
