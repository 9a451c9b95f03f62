'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { MessageSquare, OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useTranslations } from '#client/device/words/translations';
import { type Day, useDay } from '#client/practice/day-pack';
import { useNameOf } from '#client/program/use-name-of';
import { type CheckIn, useShownClip } from '#client/review/use-shown-clip';
import { Problem } from '#components/form/field';
import { HurtScreen } from '#components/practice/hurt-screen';
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
  const isWaiting = review === null && checkIn.state !== 'withdrawn';
  // Where the page was open while the answer came, that it came is said.
  const [waited] = useState(review === null);
  const isNew = waited && isAnswered;
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
        <p role="status" className="empty:hidden">
          {isNew ? t('answerHere') : isWaiting ? t('notYet') : ''}
        </p>
        {isAnswered ? null : <SentByMe checkIn={checkIn} />}
        {review || checkIn.state === 'redo_requested' ? null : <Withdraw checkIn={checkIn} />}
        {review ? <AnswerWords checkIn={checkIn} review={review} title={t('summary')} /> : null}
        {checkIn.state === 'redo_requested' && !checkIn.replacedBy ? (
          <FilmAgain checkIn={checkIn} userId={userId} />
        ) : null}
        {review ? <NewDose changes={checkIn.newDoses} title={t('newDose')} /> : null}
        {review ? <Answer review={review} lineageId={checkIn.lineageId} userId={userId} /> : null}
        {isAnswered ? <SentByMe checkIn={checkIn} /> : null}
      </div>
    </div>
  );
}

type AnswerProps = { review: Review; lineageId: string | null; userId: string };

/** Clear, not clear, or that it hurts: that goes its own way, can be said whatever was answered, and again. */
function Answer({ review, lineageId, userId }: AnswerProps) {
  const t = useTranslations('checkIns');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const write = `/messages?about=answer.${review.id}`;
  const { day, empty } = useDay(userId);
  const [hurting, setHurting] = useState<number | null>(null);
  const [said, setSaid] = useState<'hurts' | null>(null);
  const answer = useMutation(
    trpc.checkIns.answer.mutationOptions({
      onSuccess: (_, { answer: said }) => {
        // What is not clear is asked at once, with the answer named.
        if (said === 'not_clear') router.push(write);
        return queryClient.invalidateQueries();
      },
    }),
  );
  // Pressed before the day was here: its screen comes with it. Where none can come, it is said all the same.
  const isAlone = hurting !== null && empty;
  const { mutate } = answer;
  useEffect(() => {
    if (!isAlone) return;
    mutate({ reviewId: review.id, answer: 'it_hurts' });
    setHurting(null);
  }, [isAlone, mutate, review.id]);
  const isAnswered = review.patientAnswer !== null || said !== null;
  const isAsking = said !== null || (review.patientAnswer !== null && review.patientAnswer !== 'clear');
  return (
    <fieldset className="grid gap-3">
      <legend className="label mb-2">{t('answerTitle')}</legend>
      {isAnswered ? <p role="status">{t('thanks')}</p> : null}
      {isAnswered
        ? null
        : (['clear', 'not_clear'] as const).map((value) => (
            <button
              key={value}
              type="button"
              className="btn xl quiet"
              aria-busy={answer.isPending}
              onClick={() => answer.mutate({ reviewId: review.id, answer: value })}
            >
              {t(value)}
            </button>
          ))}
      <button type="button" className="btn xl stop" onClick={() => setHurting(deviceNow())}>
        <OctagonAlert aria-hidden="true" /> {t('it_hurts')}
      </button>
      {isAsking ? (
        <Link className="btn xl quiet" href={write} prefetch={false}>
          <MessageSquare aria-hidden="true" /> {t('writeAbout')}
        </Link>
      ) : null}
      <Problem reason={answer.error ? problemOf(answer.error).reason : null} />
      {day && hurting !== null ? (
        <HurtInFeedback
          key={hurting}
          day={day}
          reviewId={review.id}
          lineageId={lineageId}
          onDone={() => {
            setSaid('hurts');
            setHurting(null);
          }}
          onSlip={() => setHurting(null)}
        />
      ) : null}
    </fieldset>
  );
}

type HurtInFeedbackProps = {
  day: Day;
  reviewId: string;
  lineageId: string | null;
  onDone(): void;
  onSlip(): void;
};

function HurtInFeedback({ day, reviewId, lineageId, onDone, onSlip }: HurtInFeedbackProps) {
  const nameOf = useNameOf();
  const prescription = day.pack.prescriptions.find((one) => one.lineageId === lineageId);
  const [where] = useState({ place: 'feedback' as const, subjectId: reviewId, lineageId });
  return (
    <HurtScreen
      day={day}
      where={where}
      what={prescription ? nameOf(prescription) : null}
      onDone={onDone}
      onSlip={onSlip}
    />
  );
}
