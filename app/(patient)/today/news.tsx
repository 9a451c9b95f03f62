'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';

/** What is new since the last look, and the visits of today. */
export function Notes({ day }: { day: Day }) {
  const t = useTranslations('today');
  const when = useWhen(null);
  const { pack } = day;
  return (
    <>
      {newsOf(pack.notices).map((notice) => (
        <News key={notice.id} notice={notice} clinic={pack.clinic.name} />
      ))}
      {pack.visits.map((visit) => (
        <Link
          key={visit.id}
          className="card flex min-h-14 items-center gap-3 px-4 py-3 no-underline"
          href={`/visit/${visit.id}`}
          prefetch={false}
        >
          <strong className="grow">{t('visitSoon', { name: visit.clinicianName })}</strong>
          <span>
            {t('visitAt', {
              time: when(visit.startsAt, 'time'),
            })}
          </span>
        </Link>
      ))}
    </>
  );
}

type Notice = Day['pack']['notices'][number];

/** One line for each thing, however often it changed since the last look. */
function newsOf(notices: readonly Notice[]): Notice[] {
  return notices.filter(({ subjectId }, index) => notices.findIndex((one) => one.subjectId === subjectId) === index);
}

/** An answer is read where it leads to; a changed program stands below already, so saying "seen" is enough. */
function News({ notice, clinic }: { notice: Notice; clinic: string }) {
  const t = useTranslations('today');
  const trpc = useTRPC();
  const seen = useMutation(trpc.notices.markRead.mutationOptions());
  if (notice.kind === 'review_published') {
    return (
      <Link className="note no-underline" href={`/check-ins/${notice.subjectId}`} prefetch={false}>
        <strong>{t('review_published')}</strong>
      </Link>
    );
  }
  if (seen.isSuccess) return null;
  return (
    <div className="note flex flex-wrap items-center gap-3">
      <strong className="min-w-[min(100%,12rem)] grow">{t('program_changed', { clinic })}</strong>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={seen.isPending}
        onClick={() => seen.mutate({ subjectId: notice.subjectId })}
      >
        {t('seen')}
      </button>
    </div>
  );
}
