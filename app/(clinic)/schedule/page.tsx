import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { isTimeZone, localDay } from '#domain/time/local-day';
import { spanOfDays } from '#domain/visit/week-grid';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { SchedulePage } from './schedule-page';
import { viewOf } from './view';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('schedule.page'))('title') };
}

export default async function Page({ searchParams }: PageProps<'/schedule'>) {
  await requireStaff();
  // The zone that the browser told: so the first paint asks for the same span as the browser does.
  const told = (await cookies()).get('regrasp.zone')?.value ?? '';
  const timeZone = isTimeZone(told) ? told : 'UTC';
  const { monday } = viewOf(await searchParams, localDay(Date.now(), timeZone));
  const span = spanOfDays(monday, 7, timeZone);
  await found(
    prefetch((trpc, load, loadPages) => [
      // The form has its patients when it opens: a press on its button does not come before them.
      loadPages(
        trpc.patients.mine.infiniteQueryOptions({ search: '' }, { getNextPageParam: (last) => last.nextCursor }),
      ),
      loadPages(trpc.visits.schedulePage.infiniteQueryOptions(span, { getNextPageParam: (last) => last.nextCursor })),
      load(trpc.visits.calendar.queryOptions(span)),
      load(trpc.visits.types.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <SchedulePage />
    </Hydrate>
  );
}
