'use client';

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/trpc';
import { useFramePlayer } from '#client/use-frame-player';
import { AnnotationLayer } from '#components/annotation-layer';
import { ClipStage } from '#components/clip-stage';
import { Problem } from '#components/field';
import { applyOperations, emptyAnnotations, frameMarks, visibleMarks } from '#domain/annotation-state';

type CheckIn = Outputs['checkIns']['get'];
type Review = CheckIn['reviews'][number];

/** The patient's own clip with the drawings at their frames, the therapist's words, and the way to say "not clear". */
export function Feedback({ checkInId }: { checkInId: string }) {
  const t = useTranslations('checkIns');
  const trpc = useTRPC();
  const { data: checkIn } = useSuspenseQuery(trpc.checkIns.get.queryOptions({ checkInId }));
  const review = checkIn.reviews.find((one) => one.state === 'published') ?? null;
  const clip = checkIn.media.find((media) => media.state === 'ready') ?? null;
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 className="page-title">{checkIn.exercise?.name ?? t('general')}</h1>
      {checkIn.question ? (
        <p className="note">
          <strong className="block">{t('asked')}</strong>
          {checkIn.question}
        </p>
      ) : null}
      {review && clip ? (
        <Drawn checkIn={checkIn} clip={clip} review={review} />
      ) : (
        <p role="status">{review ? '' : t('notYet')}</p>
      )}
      {review ? (
        <section className="note" aria-labelledby="summary">
          <h2 id="summary" className="section-title">
            {t('summary')}
          </h2>
          <p>{review.summary}</p>
          <p className="muted">{review.clinicianName}</p>
        </section>
      ) : null}
      {review ? <Answer review={review} /> : null}
    </div>
  );
}

function Drawn({ checkIn, clip, review }: { checkIn: CheckIn; clip: CheckIn['media'][number]; review: Review }) {
  const t = useTranslations('checkIns');
  const r = useTranslations('recorder');
  const trpc = useTRPC();
  const video = useRef<HTMLVideoElement>(null);
  const { data } = useQuery(trpc.reviews.operationsSince.queryOptions({ reviewId: review.id, revision: 0 }));
  const framesPerSecond = clip.framesPerSecond ?? 30;
  const player = useFramePlayer(video, { framesPerSecond, frames: clip.frames ?? 1 });
  const state = applyOperations(emptyAnnotations, data?.operations ?? []);
  const all = visibleMarks(state);
  const side = checkIn.exercise?.side;
  return (
    <section className="grid gap-3" aria-label={t('drawn')}>
      <div className="aspect-[4/3]">
        <ClipStage
          video={video}
          mediaId={clip.id}
          posterId={clip.posterId}
          label={t('drawn')}
          sideLabel={side && side !== 'both' ? r(`side.${side}`) : null}
        >
          {(view) => (
            <AnnotationLayer
              view={view}
              marks={frameMarks(state, player.frame)}
              ink={[]}
              tool={null}
              ownRole="patient"
              nameOf={() => review.clinicianName}
            />
          )}
        </ClipStage>
      </div>
      <button type="button" className="btn quiet xl" onClick={() => player.toggle()}>
        {t(player.playing ? 'pause' : 'play')}
      </button>
      <ul className="grid gap-2" aria-label={t('marksAt')}>
        {all.map(({ mark }, index) =>
          mark.anchor.kind === 'frames' ? (
            <li key={mark.markId}>
              <button
                type="button"
                className="btn quiet w-full"
                onClick={() => player.show(mark.anchor.kind === 'frames' ? mark.anchor.from : 0)}
              >
                {t('frame', { number: index + 1, seconds: Math.round((mark.anchor.from / framesPerSecond) * 10) / 10 })}
              </button>
            </li>
          ) : null,
        )}
      </ul>
    </section>
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
