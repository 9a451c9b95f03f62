import { Clock, OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import type { Outputs } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { waited } from '#domain/time/waited';

type Item = Outputs['reviews']['queue']['items'][number];

/** One check-in that waits: whose and about what, the pain that was said, what was promised, and since when. */
export function QueueRow({ item, nowMs }: { item: Item; nowMs: number }) {
  const t = useTranslations('review');
  const when = useWhen(null);
  const isPinned = item.queueRank === 0;
  // Who never opens promises nothing.
  const promise = item.promisedAt === null ? 'due' : item.dueAt < nowMs ? 'overdue' : 'promisedRow';
  const { kind, exercise, pain } = item;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <span className={`state whitespace-normal max-sm:w-full ${isPinned ? 'stop' : 'calm'}`}>
        {isPinned ? <OctagonAlert size={20} aria-hidden="true" /> : <Clock size={20} aria-hidden="true" />}
        {isPinned ? t('red') : t(promise, { when: when(item.dueAt) })}
      </span>
      <span className="min-w-0 grow basis-64">
        <strong className="block">{item.patientName}</strong>
        <span className="block">{exercise ? t('aboutExercise', { kind, exercise }) : t('about', { kind })}</span>
        {item.state === 'failed_media' ? <span className="block">{t('clipLost')}</span> : null}
        {item.state === 'received' || item.state === 'processing' ? (
          <span className="block">{t('clipNotYet')}</span>
        ) : null}
        <span className="muted flex flex-wrap gap-x-4">
          {item.onCareTeam ? <span>{pain === null ? t('painRowOpen') : t('painRow', { pain })}</span> : null}
          {isPinned ? <span>{t('noPromise')}</span> : null}
          <span>{t('waitsFor', waited(item.submittedAt, nowMs))}</span>
        </span>
        {item.question ? <span className="muted block">{item.question}</span> : null}
      </span>
      <Link
        className="btn quiet min-h-12"
        href={`/review/${item.id}`}
        prefetch={false}
        aria-label={t('openNamed', { name: item.patientName })}
      >
        {t('open')}
      </Link>
    </li>
  );
}
