import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../../_server/caller';
import { NewCheckIn } from './new-check-in';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('checkIns'))('new') };
}

/** Only the frame comes from the server: recording works without a line. */
export default async function NewCheckInPage() {
  const { userId } = await requireConsentingPatient();
  return <NewCheckIn userId={userId} />;
}
