'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useTranslations } from '#client/device/words/translations';
import { useReviewBoard } from '#client/review/use-board';
import { Problem } from '#components/form/field';
import { OpenDesk } from './open-desk';
import { useClaim } from './use-claim';

/** The whole review in one view: what was sent, the clip to draw on, the answer with the next dose. */
export function ReviewDesk({ checkInId, userId, name }: { checkInId: string; userId: string; name: string }) {
  const t = useTranslations('review');
  const trpc = useTRPC();
  const desk = useClaim(checkInId);
  const { claim } = desk;
  useReadNotices(checkInId);
  const board = useReviewBoard(claim, userId);
  // What an earlier visit to this page left in memory is older than the draft that the claim goes on with.
  const { data: checkIn, isFetchedAfterMount } = useQuery({
    ...trpc.checkIns.get.queryOptions({ checkInId }, { staleTime: 0 }),
    enabled: claim !== null,
  });
  if (desk.refusal) {
    return (
      <main className="mx-auto grid max-w-[600px] content-start gap-4 px-4 py-8">
        <h1 className="page-title">{t('title')}</h1>
        <Problem reason={desk.refusal} />
        <a className="btn quiet w-fit" href="/review">
          {t('back')}
        </a>
      </main>
    );
  }
  if (!claim || !checkIn || !isFetchedAfterMount || !board) {
    return (
      <main className="p-8" role="status">
        {t('opening')}
      </main>
    );
  }
  return <OpenDesk checkIn={checkIn} claim={claim} desk={desk} board={board} name={name} />;
}
