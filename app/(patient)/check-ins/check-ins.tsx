'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Video } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { placeAfterCheckIns } from '#client/check-in/place-after';
import { useHasDraft } from '#client/check-in/use-draft';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useKeptClips, useUploadShares } from '#client/device/use-uploads';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { isUnreadable, maySendAgain } from '#domain/check-in/media';
import { isOpen } from '#domain/check-in/submission';
import { KeptHere } from './kept-here';
import { isLacking, NotArrived } from './not-arrived';
import { WaitingHere } from './waiting-here';

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
  const keptIds = new Set(useKeptClips().clips?.map(({ id }) => id));
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
        <WaitingHere />
        {pages.data ? <KeptHere userId={userId} shown={checkIns} /> : null}
        <ul className="grid grid-cols-1 gap-4">
          {checkIns.map((checkIn) => (
            <CheckInCard key={checkIn.id} checkIn={checkIn} share={shareOf(checkIn, shares)} keptIds={keptIds} />
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
        if (item.kind.startsWith('check_in')) void queryClient.invalidateQueries();
      }),
    [outbox, queryClient],
  );
}

function shareOf(checkIn: CheckIn, shares: ReadonlyMap<string, number>): number | null {
  const own = checkIn.media.map((media) => shares.get(media.id)).filter((share) => share !== undefined);
  return own.length === 0 ? null : Math.min(...own);
}

/** Where it stands: of one that waits without a clip, what is there. */
function wordsFor({ state, media }: CheckIn) {
  const isNew = state === 'received' || state === 'ready' || state === 'failed_media';
  if (!isNew) return `state.${state}` as const;
  if (media.every((clip) => clip.state === 'deleted')) return state === 'received' ? 'answersOnly' : 'answersAlone';
  return state === 'failed_media' && media.some(({ failure }) => maySendAgain(failure))
    ? 'clipMissing'
    : (`state.${state}` as const);
}

type CardProps = { checkIn: CheckIn; share: number | null; keptIds: ReadonlySet<string> };

function CheckInCard({ checkIn, share, keptIds }: CardProps) {
  const t = useTranslations('checkIns');
  const when = useWhen(null);
  const nowMs = useMinute();
  const { promisedAt } = checkIn;
  const isLate = promisedAt !== null && isOpen(checkIn.state) && promisedAt <= nowMs;
  const lacking = checkIn.media.find((media) => isLacking(media, keptIds)) ?? null;
  const unreadable = checkIn.media.some(isUnreadable);
  const waits = checkIn.media.some(({ state, failure }) => state !== 'failed' && failure === 'ffmpeg_missing');
  const sending = checkIn.state === 'received' && share !== null && share < 1;
  return (
    <li>
      <Link className="card grid gap-1 p-4 no-underline" href={`/check-ins/${checkIn.id}`} prefetch={false}>
        <strong>{checkIn.exercise?.name ?? t('general')}</strong>
        <span className="muted">{when(checkIn.submittedAt)}</span>
        <span className={`state whitespace-normal ${checkIn.state === 'answered' ? 'good' : 'calm'}`}>
          {t(wordsFor(checkIn))}
        </span>
        {sending ? (
          <span>
            <span role="status" className="vh">
              {t('onItsWay')}
            </span>
            {t('sending', { percent: Math.round(share * 100) })}
          </span>
        ) : null}
        {unreadable || waits ? (
          <span className="state care whitespace-normal">{t(waits ? 'failure.ffmpeg_missing' : 'failure.other')}</span>
        ) : null}
        {checkIn.closedAt === null && promisedAt !== null ? (
          <span>{t(isLate ? 'promisedBefore' : 'promised', { when: when(promisedAt) })}</span>
        ) : null}
        {checkIn.closedAt === null && checkIn.queueRank === 0 ? <span>{t('noDate')}</span> : null}
      </Link>
      {lacking ? <NotArrived checkInId={checkIn.id} clip={lacking} /> : null}
    </li>
  );
}
