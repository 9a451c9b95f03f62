import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input';
import { requireStaff } from '../../../_server/caller';
import { ReviewDesk } from './review-desk';

export default async function ReviewCheckInPage({ params }: PageProps<'/review/[checkInId]'>) {
  const { userId, name } = await requireStaff();
  const { checkInId } = await params;
  if (!idSchema.safeParse(checkInId).success) notFound();
  return <ReviewDesk checkInId={checkInId} userId={userId} name={name} />;
}
