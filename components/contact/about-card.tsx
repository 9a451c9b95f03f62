'use client';

import Link from 'next/link';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Pose } from '#components/program/pose';
import type { AboutView } from '#domain/contact/thread-view';
import { doseSentence } from '#domain/program/dose-words';

type AboutCardProps = { about: AboutView; id: string; href?: string | null };

/** What a message is about, on top of it: the exercise with its dose, or where it was said. */
export function AboutCard({ about, id, href = null }: AboutCardProps) {
  const t = useTranslations('messages.about');
  const say = useSay();
  const when = useWhen(null);
  const { kind, at, exercise } = about;
  const place = kind === 'exercise' ? null : t(kind, { when: at === null ? '' : when(at) });
  const content = (
    <>
      {exercise ? <Pose id={`about-${id}`} frames={exercise.pose.slice(0, 1)} size={44} /> : null}
      <span className="min-w-0">
        <strong className="block leading-tight">{exercise?.name ?? place ?? t('exercise')}</strong>
        {exercise ? <span className="muted small block">{say(doseSentence(exercise.dose))}</span> : null}
        {exercise && place ? <span className="muted small block">{place}</span> : null}
      </span>
    </>
  );
  const look = 'about flex items-center gap-3 no-underline';
  return href ? (
    <Link className={look} href={href} prefetch={false}>
      {content}
    </Link>
  ) : (
    <div className={look}>{content}</div>
  );
}
