'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useGoWithoutClip } from '#client/check-in/use-go-without-clip';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useKeptClips, useUploadShares } from '#client/device/use-uploads';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { useWeakLine } from '#client/review/weak-line';
import { ClipNotes } from '#components/check-in/clip-notes';
import { SentAnswers } from '#components/check-in/sent-answers';
import { PhoneLink } from '#components/form/phone-link';
import { useDoseWords } from '#components/program/dose-words';
import { isOpen } from '#domain/check-in/submission';
import { isLacking, NotArrived } from './not-arrived';

type Clip = CheckIn['media'][number];

/** All that was sent, as its sender sent it: the answers in words, each clip or why it is not there, the promise. */
export function SentByMe({ checkIn }: { checkIn: CheckIn }) {
  const s = useTranslations('checkIns.sent');
  const doseWords = useDoseWords();
  const whenOf = useWhen(null);
  const when = (at: number) => whenOf(at, 'full');
  const { media, answers, question, replaces, replacedBy } = checkIn;
  const isWaiting = isOpen(checkIn.state);
  const isClipDue = isWaiting && media.some(({ state }) => state === 'pending');
  const isWithoutClip = isWaiting && media.length === 0 && checkIn.state === 'received';
  return (
    <section className="card grid grid-cols-1 gap-3 p-4" aria-labelledby="sent-by-me">
      <h2 id="sent-by-me" className="section-title">
        {s('title')}
      </h2>
      <p className="muted">{when(checkIn.submittedAt)}</p>
      {replaces ? (
        <Link className="link inline-flex min-h-12 items-center" href={`/check-ins/${replaces.id}`} prefetch={false}>
          {s('replaces', { when: when(replaces.submittedAt) })}
        </Link>
      ) : null}
      {replacedBy ? (
        <Link className="link inline-flex min-h-12 items-center" href={`/check-ins/${replacedBy.id}`} prefetch={false}>
          {s('replacedBy', { when: when(replacedBy.submittedAt) })}
        </Link>
      ) : null}
      {checkIn.filmed ? <p>{s('dose', { dose: doseWords(checkIn.filmed.dose) })}</p> : null}
      <SentAnswers pain={answers.pain} redFlags={answers.redFlags} question={question} />
      {media.length === 0 ? <p>{s('noClip')}</p> : null}
      {media.map((clip, index) => (
        <ClipState key={clip.id} clip={clip} number={media.length > 1 ? index + 1 : 0} checkInId={checkIn.id} />
      ))}
      {isWaiting ? <Promised checkIn={checkIn} /> : null}
      {isClipDue || isWithoutClip ? <GoWithout checkInId={checkIn.id} /> : null}
    </section>
  );
}

/** By when an answer comes; of a red one never a date, only whom to ring. */
function Promised({ checkIn: { promisedAt, queueRank, ring } }: { checkIn: CheckIn }) {
  const t = useTranslations('checkIns');
  const when = useWhen(null);
  const nowMs = useMinute();
  if (promisedAt !== null)
    return (
      <p className="font-bold">
        {t(promisedAt <= nowMs ? 'promisedBefore' : 'promised', { when: when(promisedAt, 'full') })}
      </p>
    );
  if (queueRank !== 0) return null;
  return (
    <div className="grid gap-2.5">
      <p className="font-bold">{t('noDate')}</p>
      {ring ? (
        <PhoneLink phone={ring.phone} className="btn quiet min-h-12 whitespace-normal">
          {t('ringClinic', ring)}
        </PhoneLink>
      ) : null}
    </div>
  );
}

type ClipStateProps = { clip: Clip; number: number; checkInId: string };

/** One clip to look at, or in words where it is. */
function ClipState({ clip, number, checkInId }: ClipStateProps) {
  const t = useTranslations('checkIns.sent');
  const isWeak = useWeakLine();
  const share = useUploadShares().get(clip.id);
  const keptIds = new Set(useKeptClips().clips?.map(({ id }) => id));
  if (clip.state === 'ready')
    return (
      <>
        <video
          className="max-h-[46dvh] w-full rounded-[var(--r-l)] bg-dark"
          src={`/api/media/${isWeak && clip.light ? clip.light.id : clip.id}`}
          poster={clip.posterId ? `/api/media/${clip.posterId}` : undefined}
          aria-label={t('clip', { number })}
          controls
          playsInline
          muted
          preload="none"
        />
        <ClipNotes clip={clip} reader="patient" />
      </>
    );
  if (isLacking(clip, keptIds)) return <NotArrived checkInId={checkInId} clip={clip} />;
  const percent = share === undefined || share >= 1 ? null : Math.round(share * 100);
  return <p>{t(wordsFor(clip), { number, percent: percent ?? -1 })}</p>;
}

function wordsFor({ state, failure }: Clip) {
  if (state === 'pending') return 'pending';
  if (state === 'received' || state === 'processing') return failure === 'ffmpeg_missing' ? 'waits' : 'preparing';
  if (state === 'failed') return 'unreadable';
  if (failure === 'keeping_over') return 'keepingOver';
  return failure === 'removed_by_clinic' ? 'removed' : 'takenBack';
}

/** Who cannot film, or not send it, need not wait for the promised time. */
function GoWithout({ checkInId }: { checkInId: string }) {
  const t = useTranslations('checkIns.sent');
  const goWithout = useGoWithoutClip();
  const go = useMutation({ networkMode: 'always', mutationFn: () => goWithout(checkInId) });
  if (go.isSuccess) return <p role="status">{t('withoutClip')}</p>;
  return (
    <button
      type="button"
      className="btn quiet min-h-12"
      aria-busy={go.isPending}
      onClick={() => {
        if (!go.isPending) go.mutate();
      }}
    >
      {t('goWithout')}
    </button>
  );
}
