import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Reach } from './reach';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reach'))('title') };
}

/** Only the shell comes from the server: the page is kept, and whom to reach is on the device. */
export default async function ReachPage() {
  const { userId } = await requireConsentingPatient();
  return <Reach userId={userId} />;
}
