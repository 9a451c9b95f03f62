'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { PlanAgain } from '#components/visit/plan-again';
import type { DayPack, PackNotice } from '#domain/practice/day-pack';
import { localDay } from '#domain/time/local-day';

export function Notices({ pack }: { pack: DayPack }) {
  return newsOf(pack.notices).map((notice) => <Notice key={notice.id} notice={notice} pack={pack} />);
}

type AboutVisit =
  | `visit_${'booked' | 'moved' | 'cancelled' | 'missed' | 'nobody_came'}`
  | `visits_${'booked' | 'cancelled'}`
  | 'reminder_visit';

const ABOUT_VISITS: Readonly<Record<string, AboutVisit>> = {
  visit_booked: 'visit_booked',
  visit_moved: 'visit_moved',
  visit_cancelled: 'visit_cancelled',
  visits_booked: 'visits_booked',
  visits_cancelled: 'visits_cancelled',
  visit_missed: 'visit_missed',
  visit_nobody_came: 'visit_nobody_came',
  reminder_visit_day: 'reminder_visit',
  reminder_visit_soon: 'reminder_visit',
};

/** What leads to a check-in, where it is read. */
const OF_CHECK_INS: Readonly<Record<string, 'review_published' | 'reminder_check_in'>> = {
  review_published: 'review_published',
  reminder_check_in: 'reminder_check_in',
};

/** One line for each thing, however often it changed since the last look. */
function newsOf(notices: readonly PackNotice[]): PackNotice[] {
  return notices.filter(({ subjectId }, index) => notices.findIndex((one) => one.subjectId === subjectId) === index);
}

/** What did not take place is planned again in one press. */
const isToPlanAgain = ({ kind }: PackNotice) => kind === 'visit_missed' || kind === 'visit_nobody_came';

/** What there is to know, in words; null for what this page knows nothing of. */
function useNoticeWords({ clinic, patient }: DayPack): (notice: PackNotice) => string | null {
  const t = useTranslations('today');
  // By the clock the patient lives by, which is named where this device shows another.
  const when = useWhen(patient.timeZone);
  return ({ kind, visit }) => {
    if (kind === 'program_changed') return t('program_changed', { clinic: clinic.name });
    if (kind === 'restriction_changed') return t('restriction_changed', { clinic: clinic.name });
    if (kind === 'reminder_practice') return t('reminder_practice');
    const about = visit && ABOUT_VISITS[kind];
    return about ? t(about, { name: visit.clinicianName, when: when(visit.startsAt, 'full') }) : null;
  };
}

/** An answer is read where it leads to; what stands on this page, or is known now, is read by saying so. */
function Notice({ notice, pack }: { notice: PackNotice; pack: DayPack }) {
  const t = useTranslations('today');
  const trpc = useTRPC();
  const seen = useMutation(trpc.notices.markRead.mutationOptions());
  const words = useNoticeWords(pack)(notice);
  const ofCheckIn = OF_CHECK_INS[notice.kind];
  const name = notice.from?.name ?? null;
  if (ofCheckIn) {
    const isNamed = notice.kind === 'review_published' && name !== null;
    return (
      <Leading href={`/check-ins/${notice.subjectId}`} words={notice.from?.words}>
        {isNamed ? t('answeredBy', { name }) : t(ofCheckIn)}
      </Leading>
    );
  }
  if (notice.kind === 'message_received') {
    return (
      <Leading href="/messages" words={notice.from?.words}>
        {name === null ? t('message_received') : t('wroteToYou', { name })}
      </Leading>
    );
  }
  if (notice.kind === 'visit_declined') return <Leading href="/visits">{t('visit_declined')}</Leading>;
  if (notice.kind === 'visit_earlier')
    return <Leading href={`/visits/book?move=${notice.subjectId}`}>{t('visit_earlier')}</Leading>;
  if (!words || seen.isSuccess) return null;
  return (
    <div className="note flex flex-wrap items-center gap-3">
      <strong className="min-w-[min(100%,12rem)] grow">{words}</strong>
      {notice.kind === 'reminder_practice' ? <NotToday pack={pack} /> : null}
      {isToPlanAgain(notice) ? <PlanAgain visitId={notice.subjectId} /> : null}
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

type LeadingProps = { href: string; words?: string | undefined; children: ReactNode };

/** What somebody wrote: who, how it begins, and the way to the whole. */
function Leading({ href, words, children }: LeadingProps) {
  const t = useTranslations('today');
  return (
    <Link className="note flex items-center gap-3 no-underline" href={href} prefetch={false}>
      <span className="min-w-0 grow">
        <strong className="block">{children}</strong>
        {words ? <span className="block wrap-anywhere">{t('firstWords', { words })}</span> : null}
      </span>
      <ChevronRight className="shrink-0 rtl:-scale-x-100" aria-hidden="true" />
    </Link>
  );
}

/** An answer, and no log: nothing more reminds of practice on this day. */
function NotToday({ pack: { patient } }: { pack: DayPack }) {
  const t = useTranslations('today');
  const say = useMutation(useTRPC().reminders.notToday.mutationOptions());
  if (say.isSuccess) return <p role="status">{t('notTodaySaid')}</p>;
  return (
    <>
      {say.error ? (
        <p role="alert" className="problem">
          {t('notTodayLater')}
        </p>
      ) : null}
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={say.isPending}
        onClick={() => say.mutate({ day: localDay(deviceNow(), patient.timeZone) })}
      >
        {t('notToday')}
      </button>
    </>
  );
}
