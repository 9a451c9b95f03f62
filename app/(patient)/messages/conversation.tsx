'use client';

import { Check, CheckCheck, ChevronLeft, Clock, CloudAlert, Phone } from 'lucide-react';
import { useFormatter } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '#client/api/trpc';
import { useUnsent } from '#client/contact/unsent';
import { useWithOlder } from '#client/contact/use-older';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { AboutCard } from '#components/contact/about-card';
import { Attachments } from '#components/contact/attachments';
import { DayLine, useDayOf } from '#components/contact/day-line';
import { Message } from '#components/contact/message';
import { Problem } from '#components/form/field';
import { TelLink } from '#components/form/tel-link';
import { firstNameOf } from '#domain/contact/phrase';
import { stateOf } from '#domain/contact/thread';
import type { MessageClinic, MessageView, ThreadView } from '#domain/contact/thread-view';
import { telOf } from '#domain/input/phone';
import type { Beginning } from './beginning';
import { HardAtHome } from './hard-at-home';
import { type Asked, WriteLine } from './write-line';

type ConversationProps = {
  thread: ThreadView;
  clinic: MessageClinic;
  isRed: boolean;
  userId: string;
  /** What the next message is about; null = nothing is named. */
  about: Beginning | null;
  onAboutDone(): void;
  /** Null where there is only one thread. */
  onBack: (() => void) | null;
};

/** One thread, its newest message at the end, and below it the line to write. */
export function Conversation({ thread, clinic, isRed, userId, about, onAboutDone, onBack }: ConversationProps) {
  const t = useTranslations('messages');
  const { messages, hasMore, more } = useWithOlder(thread);
  const unsent = useUnsent(new Set(messages.map(({ id }) => id)));
  const own = unsent.filter(({ episodeId }) => episodeId === thread.episodeId || episodeId === null);
  const [chosen, setChosen] = useState<Beginning | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const count = messages.length - (hasMore ? 1 : 0) + own.length;
  const lastId = own.at(-1)?.id ?? messages.at(-1)?.id;
  // The newest is what one came for.
  useEffect(() => {
    if (lastId) end.current?.scrollIntoView({ block: 'end' });
  }, [lastId]);
  function begin(next: Beginning | null) {
    setChosen(next);
    if (about) onAboutDone();
  }
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <Head thread={thread} clinic={clinic} onBack={onBack} />
      {hasMore ? (
        <button type="button" className="btn quiet" aria-busy={more.isPending} onClick={() => more.mutate()}>
          {t('older')}
        </button>
      ) : null}
      <Problem reason={more.error ? problemOf(more.error).reason : null} />
      {count === 0 ? <p className="muted">{t('none')}</p> : null}
      <div role="log">
        <ul className="thread" aria-label={t('list')}>
          <Messages messages={messages} thread={thread} />
          {own.map((one) => (
            <Message
              key={one.id}
              byName={null}
              isTeam={false}
              body={one.body}
              below={one.attached > 0 ? <p className="muted">{t('attach.count', { count: one.attached })}</p> : null}
            >
              <UnsentState state={one.state} writtenAt={one.writtenAt} />
            </Message>
          ))}
        </ul>
      </div>
      <div ref={end}>
        {thread.isEnded ? (
          <div className="card grid gap-3 p-4">
            <p>{t('ended', { name: clinic.name })}</p>
            <TelLink tel={telOf(clinic.phone)} phone={clinic.phone} className="btn quiet xl">
              <Phone aria-hidden="true" /> {t('ring', { name: clinic.name, phone: clinic.phone })}
            </TelLink>
          </div>
        ) : (
          <>
            <HardAtHome episodeId={thread.episodeId} clinic={clinic} onAsk={(words) => setAsked({ words })} />
            <WriteLine
              episodeId={thread.episodeId}
              clinic={clinic}
              thread={thread}
              isRed={isRed}
              about={chosen ?? about}
              onAbout={begin}
              hasUnsent={own.some(({ state }) => state === 'waiting')}
              unanswered={[...unansweredIn(messages), ...own.map(({ body }) => body)]}
              userId={userId}
              asked={asked}
              onSent={() => begin(null)}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** What the patient wrote after the last word of the care team. */
function unansweredIn(messages: readonly MessageView[]): string[] {
  const answered = messages.map(({ from }) => from).lastIndexOf('team');
  return messages.slice(answered + 1).map(({ body }) => body);
}

function Head({ thread, clinic, onBack }: Pick<ConversationProps, 'thread' | 'clinic' | 'onBack'>) {
  const t = useTranslations('messages');
  const format = useFormatter();
  return (
    <header className="flex items-center gap-3 border-b-2 border-line pb-3">
      {onBack ? (
        <button type="button" className="btn quiet icon" aria-label={t('back')} onClick={onBack}>
          <ChevronLeft aria-hidden="true" className="rtl:-scale-x-100" />
        </button>
      ) : null}
      <div className="min-w-0 grow">
        <h1 className="page-title text-[1.75rem] leading-tight">{t('team')}</h1>
        <p className="muted wrap-anywhere">
          {onBack ? t('threadOf', { condition: thread.condition, side: thread.side }) : format.list(thread.team)}
        </p>
      </div>
      <TelLink tel={telOf(clinic.phone)} phone={clinic.phone} className="btn quiet icon">
        <Phone aria-hidden="true" />
        <span className="vh">{t('ring', { name: clinic.name, phone: clinic.phone })}</span>
      </TelLink>
    </header>
  );
}

function Messages({ messages, thread }: { messages: readonly MessageView[]; thread: ThreadView }) {
  const dayOf = useDayOf();
  const nowMs = useMinute();
  return messages.map((message, n) => {
    const before = messages[n - 1];
    const day = dayOf(message.writtenAt);
    const isNewDay = !before || dayOf(before.writtenAt) !== day;
    const { id, about, isOwn, from, authorName, body } = message;
    const href = about?.checkInId ? `/check-ins/${about.checkInId}` : null;
    return [
      isNewDay ? <DayLine key={`${id} day`} day={day} nowMs={nowMs} /> : null,
      <Message
        key={id}
        byName={isOwn ? null : authorName}
        isTeam={from === 'team'}
        body={body}
        above={about ? <AboutCard about={about} id={id} href={href} /> : null}
        below={<Attachments media={message.media} byName={authorName} />}
      >
        <State message={message} thread={thread} />
      </Message>,
    ];
  });
}

/** When, and of one's own how far it came: sent, delivered, or who read it. */
function State({ message, thread }: { message: MessageView; thread: ThreadView }) {
  const t = useTranslations('messages.state');
  const when = useWhen(null);
  const time = when(message.writtenAt, 'time');
  if (!message.isOwn) return `${firstNameOf(message.authorName)}, ${time}`;
  const team = thread.readers.filter(({ isTeam }) => isTeam);
  const state = stateOf(message.number, team);
  const reader = team.find(({ readNumber }) => readNumber >= message.number);
  const Icon = state === 'sent' ? Check : CheckCheck;
  return (
    <>
      <span>{time}</span>
      <Icon size={18} aria-hidden="true" />
      <span>{reader ? t('readBy', { name: firstNameOf(reader.name) }) : t(state)}</span>
    </>
  );
}

function UnsentState({ state, writtenAt }: { state: 'waiting' | 'parked' | 'sent'; writtenAt: number }) {
  const t = useTranslations('messages.state');
  const when = useWhen(null);
  const { stalled } = useOutboxState(useHydratedOutbox());
  const isOff = stalled !== null || !navigator.onLine;
  const words = state === 'waiting' ? (isOff ? 'waiting' : 'sending') : state;
  const Icon = state === 'sent' ? Check : state === 'parked' ? CloudAlert : Clock;
  return (
    <>
      <span>{when(writtenAt, 'time')}</span>
      <Icon size={18} aria-hidden="true" className="shrink-0" />
      <span>{t(words)}</span>
    </>
  );
}
