import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Caseload } from './caseload';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('patients'))('title') };
}

export default async function PatientsPage() {
  await requireStaff();
  await found(
    prefetch((trpc, _load, loadPages) => [
      loadPages(
        trpc.caseload.mine.infiniteQueryOptions({ search: '' }, { getNextPageParam: (last) => last.nextCursor }),
      ),
    ]),
  );
  return (
    <Hydrate>
      <Caseload />
    </Hydrate>
  );
}
