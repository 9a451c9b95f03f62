import 'server-only';
import type { MessageAbout } from '#domain/contact/thread';
import type { AlarmsFound } from '#domain/practice/alarm-words';
import {
  condition,
  enumText,
  epochMs,
  id,
  index,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../columns';
import { clinics } from './clinics';
import { media } from './media';
import { episodes, patients } from './patients';
import { users } from './people';

/**
 * What a patient and the care team write to each other about one hand problem: there is one thread for each, under its id.
 * Who waits since when is a projection of the messages, kept in the write that changes it.
 */
export const threads = table(
  'threads',
  {
    episodeId: text('episode_id')
      .primaryKey()
      .references(() => episodes.id),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    /** Whoever it was handed to; null = whoever leads the hand problem. */
    assigneeId: text('assignee_id').references(() => users.id),
    /** Of the last message; 0 where nobody has written. */
    lastNumber: integer('last_number').notNull(),
    lastMessageId: text('last_message_id'),
    lastAt: epochMs('last_at').notNull(),
    /** Since when the oldest message of the patient that nobody answered waits. */
    waitingSince: epochMs('waiting_since'),
    /** 0 = it came with a red answer or words of self-harm: first, and without a date; 1 = with words that alarm. */
    waitingRank: integer('waiting_rank'),
    dueAt: epochMs('due_at'),
    promisedAt: epochMs('promised_at'),
    /** Words that alarm in what waits; null where there are none. */
    says: json<string[]>('says'),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [
    index('threads_waiting')
      .on(t.clinicId, t.waitingRank, t.dueAt, t.episodeId)
      .where(condition('waiting_since is not null')),
    index('threads_last').on(t.clinicId, t.lastAt, t.episodeId),
    index('threads_patient').on(t.patientId, t.clinicId),
  ],
);

/** Append-only. Nothing that the patient may not read is ever in this table. */
export const messages = table(
  'messages',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    episodeId: text('episode_id')
      .notNull()
      .references(() => threads.episodeId),
    /** Its place in the thread, from 1. */
    number: integer('number').notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    authorRole: enumText('author_role', ['patient', 'carer', 'team']).notNull(),
    body: text('body').notNull(),
    about: json<MessageAbout>('about'),
    /** What stood in it of the clinic's words that alarm; null where none did, and of the team's messages. */
    alarms: json<AlarmsFound>('alarms'),
    writtenAt: epochMs('written_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceWrittenAt: epochMs('device_written_at'),
    receivedAt: epochMs('received_at').notNull(),
    /** By when the patient was told that this is answered; null where nothing was promised. */
    promisedAt: epochMs('promised_at'),
  },
  (t) => [uniqueIndex('messages_number').on(t.episodeId, t.number), index('messages_patient').on(t.patientId)],
);

/** What lies beside the words of a message, in its order. Append-only, as the message is. */
export const messageMedia = table(
  'message_media',
  {
    mediaId: text('media_id')
      .primaryKey()
      .references(() => media.id),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id),
    patientId: text('patient_id').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [index('message_media_message').on(t.messageId, t.position), index('message_media_patient').on(t.patientId)],
);

/** How far each person has a thread on a device, and how far it was read. Never goes back. */
export const threadReaders = table(
  'thread_readers',
  {
    episodeId: text('episode_id')
      .notNull()
      .references(() => threads.episodeId),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    deliveredNumber: integer('delivered_number').notNull(),
    deliveredAt: epochMs('delivered_at').notNull(),
    readNumber: integer('read_number').notNull(),
    readAt: epochMs('read_at'),
  },
  (t) => [primaryKey({ columns: [t.episodeId, t.userId] }), index('thread_readers_patient').on(t.patientId)],
);

/** What the care team says and does among itself beside a thread. Append-only; a table of its own, which no query for patients asks. */
export const threadNotes = table(
  'thread_notes',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    episodeId: text('episode_id')
      .notNull()
      .references(() => threads.episodeId),
    kind: enumText('kind', ['note', 'handover', 'no_answer']).notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    /** Empty where something was done without a word. */
    body: text('body').notNull(),
    toUserId: text('to_user_id').references(() => users.id),
    at: epochMs('at').notNull(),
  },
  (t) => [index('thread_notes_episode').on(t.episodeId, t.at), index('thread_notes_patient').on(t.patientId)],
);

/** What a patient found hard at home, what was suggested, as it was read, and what came of it. Append-only. */
export const barriers = table(
  'barriers',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    episodeId: text('episode_id')
      .notNull()
      .references(() => episodes.id),
    saidBy: text('said_by')
      .notNull()
      .references(() => users.id),
    code: text('code').notNull(),
    words: text('words').notNull(),
    suggestion: text('suggestion').notNull(),
    outcome: enumText('outcome', ['helps', 'asks']).notNull(),
    saidAt: epochMs('said_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    receivedAt: epochMs('received_at').notNull(),
  },
  (t) => [index('barriers_patient').on(t.patientId, t.receivedAt)],
);

/** Sentences that are written often: one's own, or (no owner) of everybody in the clinic. */
export const phrases = table(
  'phrases',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    ownerId: text('owner_id').references(() => users.id),
    text: text('text').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: epochMs('created_at').notNull(),
    removedAt: epochMs('removed_at'),
  },
  (t) => [index('phrases_clinic').on(t.clinicId, t.ownerId)],
);
