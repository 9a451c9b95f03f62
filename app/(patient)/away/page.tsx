import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Away } from './away';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('away'))('title') };
}

/** In the place of a tab that needs a line, while there is none. Nothing of the record is in it: it is kept on the device. */
export default async function AwayPage() {
  await requireConsentingPatient();
  return <Away />;
}
