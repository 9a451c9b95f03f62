'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { TakenWords } from '#components/practice/flags/taken-words';

type Notice = Outputs['notices']['list']['notices'][number];

const KINDS = [
  'flag_raised',
  'flag_escalated',
  'check_in_escalated',
  'message_waiting',
  'message_crisis',
  'message_handed_over',
  'visit_asked',
  'visit_taken',
  'visit_moved_by_patient',
  'visit_called_off',
  'visit_by_colleague',
  'feedback_not_clear',
  'feedback_it_hurts',
  'visit_not_held',
  'care_team_joined',
  'emergency_access',
  'emergency_access_review',
  'audit_broken',
] as const;

/** Where the thing itself is looked at; null where this account gets nowhere near it. */
function pageOf(kind: (typeof KINDS)[number], { subjectId, opens }: Notice): string | null {
  if (kind === 'flag_raised' || kind === 'flag_escalated') {
    // Whoever does not treat the patient finds among the others how to reach the record.
    return opens === 'caseload' ? '/patients' : opens && `/patients/${subjectId}`;
  }
  if (kind === 'message_crisis') return opens === 'caseload' ? '/patients' : opens && `/threads/${subjectId}`;
  if (kind === 'message_waiting' || kind === 'message_handed_over') return opens && `/threads/${subjectId}`;
  // The form to plan it again, filled with what it was.
  if (kind === 'visit_not_held') return opens === 'record' ? `/schedule?again=${subjectId}` : null;
  if (kind === 'visit_asked') return opens && '/schedule#asked';
  if (isOfVisits(kind)) return opens && '/schedule';
  if (kind === 'emergency_access_review') return '/admin#emergencies';
  if (kind === 'audit_broken') return '/admin#audit';
  return kind === 'care_team_joined' || kind === 'emergency_access' ? `/patients/${subjectId}` : `/review/${subjectId}`;
}

const isOfVisits = (kind: string) => kind.startsWith('visit_');

const isKnown = (kind: string): kind is (typeof KINDS)[number] => (KINDS as readonly string[]).includes(kind);

/** What happened to one's own work, newest first. Looking at the thing itself reads its notice. */
export function Notices() {
  const t = useTranslations('notices');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const pages = useInfiniteQuery(
    trpc.notices.list.infiniteQueryOptions({}, { getNextPageParam: (last) => last.nextCursor }),
  );
  const read = useMutation(trpc.notices.markRead.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const known = pages.data?.pages.flatMap((page) => page.notices).filter(({ kind }) => isKnown(kind)) ?? [];
  return (
    <main className="mx-auto grid w-full max-w-[800px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
      <h1 className="page-title">{t('title')}</h1>
      <Problem reason={read.error ? problemOf(read.error).reason : null} />
      {pages.data && known.length === 0 ? <p className="muted">{t('none')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {known.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onRead={() => read.mutate({ subjectId: notice.subjectId })} />
        ))}
      </ul>
      <MoreButton pages={pages} label={t('older')} />
    </main>
  );
}

function NoticeRow({ notice, onRead }: { notice: Notice; onRead(): void }) {
  const t = useTranslations('notices');
  const when = useWhen(null);
  const { kind, createdAt, readAt, patientName, flag } = notice;
  if (!isKnown(kind)) return null;
  const words = t(kind, { name: patientName ?? t('somebody') });
  const page = pageOf(kind, notice);
  const weight = readAt === null ? 'font-bold' : '';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <span className="min-w-0 grow basis-64">
        {page === null ? (
          <span className={weight}>{words}</span>
        ) : (
          <Link className={weight} href={page} prefetch={false}>
            {words}
          </Link>
        )}
        <span className="muted block">{when(createdAt)}</span>
        {flag ? <TakenWords flag={flag} when={when} /> : null}
      </span>
      {readAt === null ? (
        <button
          type="button"
          className="btn quiet min-h-12"
          aria-label={t('markReadNamed', { words })}
          onClick={onRead}
        >
          {t('markRead')}
        </button>
      ) : null}
    </li>
  );
}
