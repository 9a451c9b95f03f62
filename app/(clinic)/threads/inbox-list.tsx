'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Clock, OctagonAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useDayOf } from '#components/contact/day-line';
import { MoreButton } from '#components/form/more-button';
import { INBOX_VIEWS, type InboxView, isOverdue } from '#domain/contact/thread';
import { initialsOf } from '#domain/people/initials';
import { Says } from './says';
import { addressOf } from './view';

type Row = Outputs['messages']['inbox']['rows'][number];

/** Threads: the gravest and most overdue first, then those in which nobody waits. */
export function InboxList({ view, openId }: { view: InboxView; openId: string | null }) {
  const t = useTranslations('threads');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.messages.inbox.infiniteQueryOptions({ view }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const count = pages.data?.pages[0]?.waiting ?? 0;
  // On a phone the thread takes the whole screen; its own name is then the first heading.
  const Title = openId ? 'h2' : 'h1';
  return (
    <section className="inbox" aria-label={t('list')}>
      <div className="grid gap-3 p-4 lg:px-6">
        <Title className="page-title text-[1.625rem]">
          {view === 'ended' ? t('title') : t(view === 'mine' ? 'waitingMine' : 'waiting', { count })}
        </Title>
        <nav className="seg" aria-label={t('view.label')}>
          {INBOX_VIEWS.map((one) => (
            <Link
              key={one}
              href={addressOf(one)}
              prefetch={false}
              className="seg-link"
              aria-current={one === view ? 'page' : undefined}
            >
              {t(`view.${one}`)}
            </Link>
          ))}
        </nav>
        {pages.data && rows.length === 0 ? <p className="muted">{t(`none.${view}`)}</p> : null}
      </div>
      <ul>
        {rows.map((row) => (
          <InboxRow key={row.episodeId} row={row} view={view} isOpen={row.episodeId === openId} />
        ))}
      </ul>
      <div className="p-4 empty:hidden">
        <MoreButton pages={pages} label={t('older')} />
      </div>
    </section>
  );
}

function InboxRow({ row, view, isOpen }: { row: Row; view: InboxView; isOpen: boolean }) {
  const t = useTranslations('threads');
  const { episodeId, patientName, condition, last } = row;
  const said = last.isOwn
    ? t('you', { body: last.body })
    : last.from === 'patient'
      ? last.body
      : t('by', { name: last.byName, body: last.body });
  return (
    <li>
      <Link
        href={addressOf(view, episodeId)}
        prefetch={false}
        className="inbox-row"
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className="ava" aria-hidden="true">
          {initialsOf(patientName)}
        </span>
        <span className="grid min-w-0 gap-0.5">
          <span className="flex flex-wrap items-center justify-between gap-x-2">
            <bdi className={row.waiting ? 'font-bold' : 'font-semibold text-ink-2'}>{patientName}</bdi>
            <RowState row={row} />
          </span>
          <bdi className={`line-clamp-2 wrap-anywhere ${row.waiting ? '' : 'text-ink-2'}`}>{said}</bdi>
          <span className="small muted wrap-anywhere">{condition}</span>
          <Says words={row.waiting?.says ?? []} />
        </span>
      </Link>
    </li>
  );
}

/** Whether somebody waits, and until when; the day is named where it is not today. */
function RowState({ row: { waiting, last } }: { row: Row }) {
  const t = useTranslations('threads');
  const when = useWhen(null);
  const dayOf = useDayOf();
  const nowMs = useMinute();
  const short = (at: number) => when(at, dayOf(at) === dayOf(nowMs) ? 'time' : 'weekday');
  if (!waiting)
    return (
      <span className="small muted">{t(last.from === 'patient' ? 'last' : 'answered', { when: short(last.at) })}</span>
    );
  if (waiting.isRed)
    return (
      <span className="state stop">
        <OctagonAlert size={18} aria-hidden="true" /> {t('red')}
      </span>
    );
  if (isOverdue(waiting, nowMs))
    return (
      <span className="state care">
        <TriangleAlert size={18} aria-hidden="true" /> {t('overdue', { when: short(waiting.dueAt) })}
      </span>
    );
  return (
    <span className="state calm">
      <Clock size={18} aria-hidden="true" />
      {waiting.promisedAt === null
        ? t('noDate', { when: short(waiting.since) })
        : t('due', { when: short(waiting.promisedAt) })}
    </span>
  );
}
