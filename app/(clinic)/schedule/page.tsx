import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LAST_MS } from '#domain/input/fields';
import { HOUR_MS } from '#domain/time/duration';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { SchedulePage } from './schedule-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('schedule.page'))('title') };
}

export default async function Page() {
  await requireStaff();
  // Whole hours, so that the browser asks for the same span when it hydrates.
  const fromMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 12 * HOUR_MS;
  // As far as visits are planned.
  const untilMs = LAST_MS;
  await found(
    prefetch((trpc, _load, loadPages) => [
      // The form has its patients when it opens: a press on its button does not come before them.
      loadPages(
        trpc.patients.mine.infiniteQueryOptions({ search: '' }, { getNextPageParam: (last) => last.nextCursor }),
      ),
      loadPages(
        trpc.visits.schedulePage.infiniteQueryOptions(
          { fromMs, untilMs },
          { getNextPageParam: (last) => last.nextCursor },
        ),
      ),
    ]),
  );
  return (
    <Hydrate>
      <SchedulePage fromMs={fromMs} untilMs={untilMs} />
    </Hydrate>
  );
}
