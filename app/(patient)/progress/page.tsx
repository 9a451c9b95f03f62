import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Progress } from './progress';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('progress'))('title') };
}

export default async function ProgressPage() {
  const { userId, patientId } = await requireConsentingPatient();
  await prefetch((trpc, load, loadPages) => [
    load(trpc.logs.trends.queryOptions({ patientId: null, days: 28 })),
    loadPages(trpc.logs.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: (last) => last.nextCursor })),
  ]);
  return (
    <Hydrate>
      <Progress userId={userId} patientId={patientId} />
    </Hydrate>
  );
}
