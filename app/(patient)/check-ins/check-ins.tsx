'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Video } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { placeAfterCheckIns } from '#client/check-in/place-after';
import { useHasDraft } from '#client/check-in/use-draft';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useUploadShares } from '#client/device/use-uploads';
import { MoreButton } from '#components/form/more-button';
import { maySendAgain } from '#domain/check-in/media';
import { NotArrived } from './not-arrived';

type CheckIn = Outputs['checkIns']['mine'][number];

/** What was shown, where it is now, and when the answer is promised. */
export function CheckIns({ userId }: { userId: string }) {
  const t = useTranslations('checkIns');
  const trpc = useTRPC();
  // The page may have been made on the server just before the check-in that led here arrived there.
  const pages = useInfiniteQuery(
    trpc.checkIns.mine.infiniteQueryOptions({}, { getNextPageParam: placeAfterCheckIns, refetchOnMount: 'always' }),
  );
  const checkIns = pages.data?.pages.flat() ?? [];
  useAfterSending();
  const shares = useUploadShares();
  const hasDraft = useHasDraft(userId);
  return (
    <div className="two-columns pt-1">
      <div>
        <h1 className="page-title">{t('title')}</h1>
        <p>{t('lead')}</p>
        <Link className="btn primary xl" href="/check-ins/new" prefetch={false}>
          <Video aria-hidden="true" /> {t(hasDraft ? 'goOn' : 'new')}
        </Link>
        {pages.data && checkIns.length === 0 ? <p className="muted">{t('none')}</p> : null}
      </div>
      <div className="grid grid-cols-1 content-start gap-4">
        <ul className="grid grid-cols-1 gap-4">
          {checkIns.map((checkIn) => (
            <CheckInCard key={checkIn.id} checkIn={checkIn} share={shareOf(checkIn, shares)} />
          ))}
        </ul>
        <MoreButton pages={pages} label={t('older')} />
      </div>
    </div>
  );
}

/** Reads again when the device's queue has handed a check-in over. */
function useAfterSending() {
  const outbox = useHydratedOutbox();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      outbox?.onSent((item) => {
        if (item.kind === 'check_in' || item.kind === 'check_in_clips') void queryClient.invalidateQueries();
      }),
    [outbox, queryClient],
  );
}

function shareOf(checkIn: CheckIn, shares: ReadonlyMap<string, number>): number | null {
  const own = checkIn.media.map((media) => shares.get(media.id)).filter((share) => share !== undefined);
  return own.length === 0 ? null : Math.min(...own);
}

function CheckInCard({ checkIn, share }: { checkIn: CheckIn; share: number | null }) {
  const t = useTranslations('checkIns');
  const format = useFormatter();
  const when = (at: number) =>
    format.dateTime(at, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  const failed = checkIn.media.find((media) => media.failure) ?? null;
  const isWithoutClip = checkIn.media.length === 0;
  const sending = checkIn.state === 'received' && share !== null && share < 1;
  return (
    <li>
      <Link className="card grid gap-1 p-4 no-underline" href={`/check-ins/${checkIn.id}`} prefetch={false}>
        <strong>{checkIn.exercise?.name ?? t('general')}</strong>
        <span className="muted">{when(checkIn.submittedAt)}</span>
        <span className={`state whitespace-normal ${checkIn.state === 'answered' ? 'good' : 'calm'}`}>
          {t(
            isWithoutClip && (checkIn.state === 'received' || checkIn.state === 'ready')
              ? 'answersOnly'
              : `state.${checkIn.state}`,
          )}
        </span>
        {sending ? <span role="status">{t('sending', { percent: Math.round(share * 100) })}</span> : null}
        {failed && !maySendAgain(failed.failure) ? (
          <span className="state care whitespace-normal">
            {t(failed.failure === 'ffmpeg_missing' ? 'failure.ffmpeg_missing' : 'failure.other')}
          </span>
        ) : null}
        {checkIn.closedAt === null && !isWithoutClip ? (
          <span>{t('promised', { when: when(checkIn.dueAt) })}</span>
        ) : null}
      </Link>
      {failed && maySendAgain(failed.failure) ? <NotArrived clip={failed} /> : null}
    </li>
  );
}
