import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { placeAfterVisits } from '#client/visit/place-after';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Visits } from './visits';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('title') };
}

export default async function VisitsPage() {
  await requireConsentingPatient();
  await prefetch((trpc, load, loadPages) => [
    loadPages(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits })),
    load(trpc.appointments.mine.queryOptions()),
  ]);
  return (
    <Hydrate>
      <Visits />
    </Hydrate>
  );
}
