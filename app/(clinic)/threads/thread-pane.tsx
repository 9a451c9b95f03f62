'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ChevronLeft, FolderOpen } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useMarkThread } from '#client/contact/use-mark-thread';
import { useWithOlder } from '#client/contact/use-older';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import type { InboxView } from '#domain/contact/thread';
import type { ThreadView } from '#domain/contact/thread-view';
import { isolated } from '#domain/input/isolated';
import { initialsOf } from '#domain/people/initials';
import { Compose } from './compose';
import { HandOver } from './hand-over';
import { SidePanel } from './side-panel';
import { Timeline } from './timeline';
import { addressOf } from './view';

/** One thread as the care team has it: what was written, its own notes between, and the line to answer. */
export function ThreadPane({ episodeId, view }: { episodeId: string; view: InboxView }) {
  const t = useTranslations('threads');
  const m = useTranslations('messages');
  const trpc = useTRPC();
  const { data: thread } = useSuspenseQuery(trpc.messages.thread.queryOptions({ episodeId }));
  const { data: side } = useSuspenseQuery(trpc.messages.teamSide.queryOptions({ episodeId }));
  const { messages, hasMore, more } = useWithOlder(thread);
  useMarkThread(side.may.write ? thread : null, true);
  const box = useRef<HTMLElement>(null);
  const lastId = messages.at(-1)?.id;
  const noteId = side.notes[0]?.id;
  // The newest is what one came for: of a message, and of a note.
  useEffect(() => {
    if (lastId || noteId) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lastId, noteId]);
  const meant = messages.findLast(({ about }) => about?.exercise)?.about ?? null;
  const { patientName } = thread;
  return (
    <>
      <title>{`${isolated(t('titleOf', { name: patientName }))} · Regrasp`}</title>
      <div className="pane">
        <Head thread={thread} view={view} answersName={side.answersName}>
          {side.may.handOver && !thread.isEnded ? (
            <HandOver episodeId={episodeId} colleagues={side.colleagues} />
          ) : null}
        </Head>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard */}
        <section ref={box} className="scroll" aria-label={t('conversation', { name: patientName })} tabIndex={0}>
          {hasMore ? (
            <button type="button" className="btn quiet" aria-busy={more.isPending} onClick={() => more.mutate()}>
              {m('older')}
            </button>
          ) : null}
          <Problem reason={more.error ? problemOf(more.error).reason : null} />
          {messages.length === 0 && side.notes.length === 0 ? <p className="muted">{t('nobody')}</p> : null}
          <div role="log">
            <Timeline thread={thread} messages={messages} notes={side.notes} isWhole={!hasMore} />
          </div>
        </section>
        {thread.isEnded ? (
          <p className="foot muted">{t('ended')}</p>
        ) : side.may.write ? (
          <Compose thread={thread} exercise={meant?.exercise?.name ?? null} hasReader={side.hasReader} />
        ) : (
          <p className="foot muted">{t('readOnly')}</p>
        )}
      </div>
      <SidePanel thread={thread} meant={meant} clinic={side.clinic} />
    </>
  );
}

type HeadProps = { thread: ThreadView; view: InboxView; answersName: string | null; children: React.ReactNode };

function Head({ thread, view, answersName, children }: HeadProps) {
  const t = useTranslations('threads');
  const { patientId, patientName, condition, side } = thread;
  return (
    <header className="head">
      <Link className="btn quiet icon min-h-12 min-w-12 lg:hidden" href={addressOf(view)} prefetch={false}>
        <ChevronLeft aria-hidden="true" className="rtl:-scale-x-100" />
        <span className="vh">{t('back')}</span>
      </Link>
      <span className="ava max-sm:hidden" aria-hidden="true">
        {initialsOf(patientName)}
      </span>
      <div className="min-w-0 grow basis-48">
        <h1 className="text-[1.25rem] leading-tight font-bold">
          <bdi>{patientName}</bdi>
        </h1>
        <p className="small muted wrap-anywhere">
          {t('facts', { condition, side })}
          {answersName ? `. ${t('answers', { name: answersName })}` : ''}
        </p>
      </div>
      <Link className="btn quiet" href={`/patients/${patientId}`} prefetch={false}>
        <FolderOpen size={20} aria-hidden="true" /> {t('record')}
      </Link>
      {children}
    </header>
  );
}
