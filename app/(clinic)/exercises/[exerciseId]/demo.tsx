'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { type DemoSending, useSendDemo } from '#client/program/use-send-demo';
import { RecordClip } from '#components/check-in/record-clip';
import { Problem } from '#components/form/field';
import { Pose } from '#components/program/pose';
import { filmingViewOf } from '#domain/check-in/filming-view';

type Exercise = Outputs['exercises']['get'];

/** What patients see of an exercise, and the way to show the own hand instead of the drawing. */
export function ExerciseDemo({ userId, exerciseId }: { userId: string; exerciseId: string }) {
  const t = useTranslations('demo');
  const trpc = useTRPC();
  const { data: exercise } = useSuspenseQuery(trpc.exercises.get.queryOptions({ exerciseId }));
  const [filming, setFilming] = useState(false);
  const sending = useSendDemo(exerciseId);

  async function send(clipId: string) {
    setFilming(false);
    await sending.send(clipId);
  }
  const mayFilm = sending.clipId === null || sending.state === 'set' || sending.state === 'failed';
  if (filming) {
    return (
      <main className="mx-auto w-full max-w-[640px] px-4 py-6">
        <RecordClip
          userId={userId}
          shot={{
            title: t('titleOf', { name: exercise.texts.name }),
            view: filmingViewOf(exercise.category),
            side: 'both',
          }}
          thumb="right"
          onSend={send}
          onClose={() => setFilming(false)}
        />
      </main>
    );
  }
  return (
    <main className="mx-auto grid w-full max-w-[640px] grid-cols-1 content-start gap-5 px-4 py-6">
      <h1 className="page-title">{t('titleOf', { name: exercise.texts.name })}</h1>
      <p>{t('lead')}</p>
      <Shown exercise={exercise} />
      <SendingState sending={sending} />
      {mayFilm ? (
        <button type="button" className="btn primary min-h-12" onClick={() => setFilming(true)}>
          {t(exercise.demoMediaId ? 'replace' : 'film')}
        </button>
      ) : null}
    </main>
  );
}

function Shown({ exercise }: { exercise: Exercise }) {
  const t = useTranslations('demo');
  if (exercise.demoMediaId === null) {
    return (
      <div className="card overflow-x-auto p-3">
        <Pose id={exercise.exerciseId} frames={exercise.pose} label={t('drawn')} size={96} />
      </div>
    );
  }
  return (
    <video
      key={exercise.demoMediaId}
      className="max-h-[46dvh] w-full rounded-[var(--r-l)] bg-dark"
      src={`/api/media/${exercise.demoMediaId}`}
      controls
      playsInline
      muted
      loop
      aria-label={t('shown')}
    />
  );
}

function SendingState({ sending }: { sending: DemoSending }) {
  const t = useTranslations('demo');
  const { clipId, state, share, failure, problem, send } = sending;
  if (clipId === null) return null;
  if (problem) {
    return (
      <>
        <Problem reason={problem} />
        <button type="button" className="btn primary min-h-12" onClick={() => void send(clipId)}>
          {t('again')}
        </button>
      </>
    );
  }
  if (state === 'failed') return <p role="alert">{t('unreadable')}</p>;
  if (failure === 'ffmpeg_missing') return <p role="status">{t('noFfmpeg')}</p>;
  if (state === 'sending')
    return (
      <p>
        <span role="status" className="vh">
          {t('onItsWay')}
        </span>
        {t('sending', { percent: Math.round(share * 100) })}
      </p>
    );
  return <p role="status">{t(state === 'set' ? 'done' : 'preparing')}</p>;
}
