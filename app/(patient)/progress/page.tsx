import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireConsentingPatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Progress } from './progress';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('progress'))('title') };
}

export default async function ProgressPage() {
  const { patientId } = await requireConsentingPatient();
  await prefetch((trpc, load) => [
    load(trpc.logs.trends.queryOptions({ patientId: null, days: 28 })),
    load(trpc.logs.ofPatient.queryOptions({ patientId })),
  ]);
  return (
    <Hydrate>
      <Progress patientId={patientId} />
    </Hydrate>
  );
}
