'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTRPC } from '#client/api/trpc';
import { useMarkThread } from '#client/contact/use-mark-thread';
import { useOwnThreads } from '#client/contact/use-own-threads';
import { useTranslations } from '#client/device/words/translations';
import { type MessageAbout, messageAboutSchema } from '#domain/contact/thread';
import type { OwnThreads } from '#domain/contact/thread-view';
import { Conversation } from './conversation';
import { ThreadList } from './thread-list';
import { WriteLine } from './write-line';

const PATH = '/messages';

/** Where a message is to begin, as an address says it: `?about=answer.<id>`. */
function aboutOf(written: string | null): MessageAbout | null {
  const [kind, id] = written?.split('.') ?? [];
  const parsed = messageAboutSchema.safeParse({ kind, id });
  return parsed.success ? parsed.data : null;
}

/** Which thread is open stands in the address, so that "back" closes it; the page stays the one that is kept. */
const goTo = (address: string) => window.history.pushState(null, '', address);

const addressOf = (episodeId: string | null) => (episodeId ? `${PATH}?thread=${episodeId}` : PATH);

/** What the patient and the care team write to each other: the thread, or, of several hand problems, the list of them. */
export function Messages({ userId }: { userId: string }) {
  const t = useTranslations('messages');
  const { own, isOffline, isEmpty } = useOwnThreads(userId);
  if (own) return <OwnMessages own={own} isOffline={isOffline} userId={userId} />;
  if (!isEmpty) return <p role="status">{t('loading')}</p>;
  return (
    <div className="grid gap-4 pt-1">
      <h1 className="page-title">{t('team')}</h1>
      <p role="status">{t('offlineEmpty')}</p>
      <WriteLine episodeId={null} clinic={null} thread={null} isRed={false} about={null} userId={userId} />
    </div>
  );
}

function OwnMessages({ own, isOffline, userId }: { own: OwnThreads; isOffline: boolean; userId: string }) {
  const t = useTranslations('messages');
  const trpc = useTRPC();
  const params = useSearchParams();
  const about = aboutOf(params?.get('about') ?? null);
  const place = useQuery({
    ...trpc.messages.place.queryOptions(about ?? { kind: 'answer', id: '' }),
    enabled: about !== null,
  });
  const { threads, clinic, isRed } = own;
  const [only] = threads.length === 1 ? threads : [];
  const openId = params?.get('thread') ?? (about && place.data?.episodeId) ?? only?.episodeId ?? null;
  const thread = threads.find(({ episodeId }) => episodeId === openId) ?? null;
  return (
    <>
      {threads.map((one) => (
        <Marked key={one.episodeId} thread={one} isOpen={one === thread} />
      ))}
      {isOffline ? <p role="status">{t('offline')}</p> : null}
      {thread ? (
        <Conversation
          key={thread.episodeId}
          thread={thread}
          clinic={clinic}
          isRed={isRed}
          userId={userId}
          about={about && { ...about, view: place.data?.about ?? null }}
          onAboutDone={() =>
            window.history.replaceState(null, '', addressOf(threads.length > 1 ? thread.episodeId : null))
          }
          onBack={threads.length > 1 ? () => goTo(PATH) : null}
        />
      ) : (
        <ThreadList threads={threads} clinic={clinic} onOpen={(episodeId) => goTo(addressOf(episodeId))} />
      )}
    </>
  );
}

function Marked({ thread, isOpen }: { thread: OwnThreads['threads'][number]; isOpen: boolean }) {
  useMarkThread(thread, isOpen);
  return null;
}
