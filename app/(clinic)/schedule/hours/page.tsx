import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { OwnHours } from './own-hours';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('ownHours'))('title') };
}

export default async function OwnHoursPage() {
  await requireStaff();
  await found(prefetch((trpc, load) => [load(trpc.appointments.hours.queryOptions())]));
  return (
    <Hydrate>
      <OwnHours />
    </Hydrate>
  );
}
