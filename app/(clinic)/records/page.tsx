import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { Records } from './records';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('records'))('title') };
}

export default async function RecordsPage() {
  await requireStaff();
  await found(
    prefetch((trpc, _load, loadPages) => [
      loadPages(
        trpc.records.list.infiniteQueryOptions({ search: '' }, { getNextPageParam: (last) => last.nextCursor }),
      ),
    ]),
  );
  const t = await getTranslations('records');
  return (
    <Hydrate>
      <main className="mx-auto grid w-full max-w-[1000px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
        <h1 className="page-title">{t('title')}</h1>
        <p className="max-w-prose">{t('lead')}</p>
        <Records />
      </main>
    </Hydrate>
  );
}
