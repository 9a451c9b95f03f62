import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { CheckIns } from './check-ins';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('checkIns'))('title') };
}

export default async function CheckInsPage() {
  const { userId } = await requireConsentingPatient();
  await prefetch((trpc, load) => [load(trpc.checkIns.mine.queryOptions())]);
  return (
    <Hydrate>
      <CheckIns userId={userId} />
    </Hydrate>
  );
}
