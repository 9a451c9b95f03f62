'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { type CheckIn, useShownClip } from '#client/review/use-shown-clip';
import { Problem } from '#components/form/field';
import { AnswerWords, DrawnAnswer, NewDose } from '#components/review/drawn-answer';
import { SentByMe } from '../sent-by-me';
import { FilmAgain } from './film-again';
import { Withdraw } from './withdraw';

type Review = CheckIn['reviews'][number];

/** The patient's own clip with the drawings at their frames, the therapist's words, and the way to say "not clear". */
export function Feedback({ checkInId, userId }: { checkInId: string; userId: string }) {
  const t = useTranslations('checkIns');
  const trpc = useTRPC();
  const { data: checkIn } = useSuspenseQuery(trpc.checkIns.get.queryOptions({ checkInId }));
  const review = checkIn.reviews.find((one) => one.state === 'published') ?? null;
  const shown = useShownClip(checkIn.media);
  // What is new stands first; what was sent is looked up beside it, and is all there is until then.
  const isAnswered = review !== null;
  useReadNotices(review ? checkInId : null);
  return (
    <div className="two-columns pt-1">
      <div>
        <h1 className="page-title">{checkIn.exercise?.name ?? t('general')}</h1>
        {review && shown ? (
          <DrawnAnswer checkIn={checkIn} shown={shown} review={review} label={t('drawn')} ownRole="patient" />
        ) : null}
        {review && !shown && checkIn.media.length > 0 ? (
          <p className="note">{t('clipGone', { why: checkIn.media[0]?.failure ?? 'other' })}</p>
        ) : null}
      </div>
      <div>
        {review || checkIn.state === 'withdrawn' ? null : <p role="status">{t('notYet')}</p>}
        {isAnswered ? null : <SentByMe checkIn={checkIn} />}
        {review || checkIn.state === 'redo_requested' ? null : <Withdraw checkIn={checkIn} />}
        {review ? <AnswerWords checkIn={checkIn} review={review} title={t('summary')} /> : null}
        {checkIn.state === 'redo_requested' && !checkIn.replacedBy ? (
          <FilmAgain checkIn={checkIn} userId={userId} />
        ) : null}
        {review ? <NewDose changes={checkIn.newDoses} title={t('newDose')} /> : null}
        {review ? <Answer review={review} /> : null}
        {isAnswered ? <SentByMe checkIn={checkIn} /> : null}
      </div>
    </div>
  );
}

function Answer({ review }: { review: Review }) {
  const t = useTranslations('checkIns');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const answer = useMutation(
    trpc.checkIns.answer.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  if (review.patientAnswer !== null) return <p role="status">{t('thanks')}</p>;
  return (
    <fieldset className="grid gap-3">
      <legend className="label mb-2">{t('answerTitle')}</legend>
      {(['clear', 'not_clear', 'it_hurts'] as const).map((value) => (
        <button
          key={value}
          type="button"
          className={`btn xl ${value === 'it_hurts' ? 'stop' : 'quiet'}`}
          aria-busy={answer.isPending}
          onClick={() => answer.mutate({ reviewId: review.id, answer: value })}
        >
          {t(value)}
        </button>
      ))}
      <Problem reason={answer.error ? problemOf(answer.error).reason : null} />
    </fieldset>
  );
}
