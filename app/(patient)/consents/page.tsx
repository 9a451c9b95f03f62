import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requirePatient } from '../../_server/caller';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Consents } from './consents';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('consent'))('mine') };
}

export default async function ConsentsPage() {
  await requirePatient();
  await prefetch((trpc, load) => [load(trpc.patients.myConsents.queryOptions())]);
  return (
    <Hydrate>
      <Consents />
    </Hydrate>
  );
}
