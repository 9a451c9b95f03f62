'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { DayPack, PackNotice } from '#domain/practice/day-pack';

export function Notices({ pack }: { pack: DayPack }) {
  return newsOf(pack.notices).map((notice) => <Notice key={notice.id} notice={notice} pack={pack} />);
}

/** One line for each thing, however often it changed since the last look. */
function newsOf(notices: readonly PackNotice[]): PackNotice[] {
  return notices.filter(({ subjectId }, index) => notices.findIndex((one) => one.subjectId === subjectId) === index);
}

/** What there is to know, in words; null for what this page knows nothing of. */
function useNoticeWords({ clinic, patient }: DayPack): (notice: PackNotice) => string | null {
  const t = useTranslations('today');
  // By the clock the patient lives by, which is named where this device shows another.
  const when = useWhen(patient.timeZone);
  return ({ kind, visit }) => {
    if (kind === 'program_changed') return t('program_changed', { clinic: clinic.name });
    if (!visit || (kind !== 'visit_booked' && kind !== 'visit_cancelled')) return null;
    return t(kind, { name: visit.clinicianName, when: when(visit.startsAt, 'full') });
  };
}

/** An answer is read where it leads to; what stands on this page, or is known now, is read by saying so. */
function Notice({ notice, pack }: { notice: PackNotice; pack: DayPack }) {
  const t = useTranslations('today');
  const trpc = useTRPC();
  const seen = useMutation(trpc.notices.markRead.mutationOptions());
  const words = useNoticeWords(pack)(notice);
  if (notice.kind === 'review_published' || notice.kind === 'message_received') {
    const href = notice.kind === 'message_received' ? '/messages' : `/check-ins/${notice.subjectId}`;
    return (
      <Link className="note no-underline" href={href} prefetch={false}>
        <strong>{t(notice.kind)}</strong>
      </Link>
    );
  }
  if (!words || seen.isSuccess) return null;
  return (
    <div className="note flex flex-wrap items-center gap-3">
      <strong className="min-w-[min(100%,12rem)] grow">{words}</strong>
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
