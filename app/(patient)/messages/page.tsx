import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Messages } from './messages';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('messages'))('title') };
}

/** Only the shell comes from the server: the page is kept, and the threads are on the device. */
export default async function MessagesPage() {
  const { userId } = await requireConsentingPatient();
  return <Messages userId={userId} />;
}
