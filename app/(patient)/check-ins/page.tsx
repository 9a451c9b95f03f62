import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { placeAfterCheckIns } from '#client/check-in/place-after';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { CheckIns } from './check-ins';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('checkIns'))('title') };
}

export default async function CheckInsPage() {
  const { userId } = await requireConsentingPatient();
  await prefetch((trpc, _load, loadPages) => [
    loadPages(trpc.checkIns.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterCheckIns })),
  ]);
  return (
    <Hydrate>
      <CheckIns userId={userId} />
    </Hydrate>
  );
}
