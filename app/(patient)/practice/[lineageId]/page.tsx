import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../../_server/caller';
import { Practice } from './practice';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('player'))('title') };
}

/** Only the shell comes from the server; the exercise is on the device. */
export default async function PracticePage({ params }: PageProps<'/practice/[lineageId]'>) {
  const { userId } = await requireConsentingPatient();
  const { lineageId } = await params;
  return <Practice userId={userId} lineageId={lineageId} />;
}
