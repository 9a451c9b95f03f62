import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Today } from './today';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('today'))('title') };
}

/** Only the shell comes from the server; the day is on the device. */
export default async function TodayPage() {
  const { userId } = await requireConsentingPatient();
  return <Today userId={userId} />;
}
