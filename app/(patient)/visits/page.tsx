import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Visits } from './visits';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('title') };
}

export default async function VisitsPage() {
  await requireConsentingPatient();
  await prefetch((trpc, load) => [load(trpc.visits.mine.queryOptions())]);
  return (
    <Hydrate>
      <Visits />
    </Hydrate>
  );
}
