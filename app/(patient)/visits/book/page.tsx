import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { placeAfterVisits } from '#client/visit/place-after';
import { idSchema } from '#domain/input/fields';
import { requireConsentingPatient } from '../../../_server/caller';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { Book } from './book';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('booking'))('title') };
}

/** `move`: another time for that visit; `again`: another one like it. What is no id is as if it were not there. */
export default async function BookPage({ searchParams }: PageProps<'/visits/book'>) {
  await requireConsentingPatient();
  const { move, again } = await searchParams;
  const idOf = (given: unknown) => idSchema.safeParse(given).data ?? null;
  await prefetch((trpc, load, loadPages) => [
    loadPages(trpc.visits.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterVisits })),
    load(trpc.appointments.mine.queryOptions()),
  ]);
  return (
    <Hydrate>
      <Book moveId={idOf(move)} againId={idOf(again)} />
    </Hydrate>
  );
}
