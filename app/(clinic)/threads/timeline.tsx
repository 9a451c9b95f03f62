'use client';

import { Check, CheckCheck, Lock } from 'lucide-react';
import type { Outputs } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { AboutCard } from '#components/contact/about-card';
import { Attachments } from '#components/contact/attachments';
import { DayLine, useDayOf } from '#components/contact/day-line';
import { Message } from '#components/contact/message';
import { stateOf } from '#domain/contact/thread';
import type { MessageView, ThreadView } from '#domain/contact/thread-view';
import { MINUTE_MS } from '#domain/time/duration';
import { Says } from './says';

type Note = Outputs['messages']['teamSide']['notes'][number];
type Entry = { at: number } & ({ message: MessageView } | { note: Note });

/** From so long on it is said that a message was written before it came. */
const LATE_MS = 5 * MINUTE_MS;

type TimelineProps = {
  thread: ThreadView;
  messages: readonly MessageView[];
  notes: readonly Note[];
  /** The first message is among them. */
  isWhole: boolean;
};

/** Messages in the order in which they came, and the team's own notes where they were made. */
export function Timeline({ thread, messages, notes, isWhole }: TimelineProps) {
  const dayOf = useDayOf();
  const nowMs = useMinute();
  const sinceMs = isWhole ? 0 : (messages[0]?.receivedAt ?? 0);
  const entries: Entry[] = [
    ...messages.map((message) => ({ at: message.receivedAt, message })),
    ...notes.filter(({ at }) => at >= sinceMs).map((note) => ({ at: note.at, note })),
  ].sort((a, b) => a.at - b.at);
  return (
    <ul className="thread">
      {entries.map((entry, n) => {
        const before = entries[n - 1];
        const day = dayOf(entry.at);
        const { id } = 'message' in entry ? entry.message : entry.note;
        return [
          !before || dayOf(before.at) !== day ? <DayLine key={`${id} day`} day={day} nowMs={nowMs} /> : null,
          'message' in entry ? (
            <Written key={id} message={entry.message} thread={thread} />
          ) : (
            <TeamNote key={id} note={entry.note} patientName={thread.patientName} />
          ),
        ];
      })}
    </ul>
  );
}

function Written({ message, thread }: { message: MessageView; thread: ThreadView }) {
  const { id, about, isOwn, from, authorName, body } = message;
  const href = about?.checkInId ? `/review/${about.checkInId}` : null;
  return (
    <Message
      byName={isOwn ? null : authorName}
      isOwnSide={from === 'team'}
      isTeam={from === 'team'}
      body={body}
      above={about ? <AboutCard about={about} id={id} href={href} /> : null}
      below={<Attachments media={message.media} byName={authorName} />}
    >
      <Says words={message.says} />
      <Meta message={message} thread={thread} />
    </Message>
  );
}

/** When, by whom of the team, and how far it came to the patient. */
function Meta({ message, thread }: { message: MessageView; thread: ThreadView }) {
  const t = useTranslations('threads');
  const when = useWhen(null);
  const { from, isOwn, authorName, number, writtenAt, receivedAt } = message;
  const isLate = receivedAt - writtenAt > LATE_MS;
  const time = isLate
    ? t('written', { when: when(writtenAt), arrived: when(receivedAt, 'time') })
    : when(receivedAt, 'time');
  if (from !== 'team') return time;
  const patient = thread.readers.filter(({ isTeam }) => !isTeam);
  const state = stateOf(number, patient);
  const readAt = patient.find(({ readNumber }) => readNumber === number)?.readAt ?? null;
  const Icon = state === 'sent' ? Check : CheckCheck;
  return (
    <>
      <span>{isOwn ? time : `${authorName}, ${time}`}</span>
      <Icon size={16} aria-hidden="true" />
      <span>
        {state === 'read' && readAt !== null ? t('state.readAt', { when: when(readAt, 'time') }) : t(`state.${state}`)}
      </span>
    </>
  );
}

function TeamNote({ note, patientName }: { note: Note; patientName: string }) {
  const t = useTranslations('threads.note');
  const when = useWhen(null);
  const { kind, authorName, toName, body, at } = note;
  const said =
    kind === 'note'
      ? t('to', { name: authorName })
      : kind === 'handover'
        ? t('handover', { name: authorName, to: toName ?? '' })
        : t('no_answer', { name: authorName });
  return (
    <li className="team-note">
      <Lock size={20} aria-hidden="true" />
      <div className="grid gap-1">
        <p>
          <strong>{said}</strong> <bdi className="whitespace-pre-wrap">{body}</bdi>
        </p>
        <p className="small muted">{t('unseen', { when: when(at, 'time'), patient: patientName })}</p>
      </div>
    </li>
  );
}
