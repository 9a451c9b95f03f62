import * as z from 'zod/mini';
import { epochMsSchema, idSchema, sidesSchema } from '#domain/input/fields';
import { alarmWordsSchema } from '#domain/practice/alarm-words';
import { barriersSchema } from '#domain/practice/barriers';
import { doseSchema } from '#domain/program/dose';
import { poseFrameSchema } from '#domain/program/pose';
import { openingHoursSchema } from '#domain/time/opening-hours';
import { ATTACHMENT_KINDS } from './thread';

const aboutViewSchema = z.object({
  kind: z.enum(['exercise', 'answer', 'visit']),
  id: idSchema,
  /** The check-in that an answer stands in. */
  checkInId: z.nullable(idSchema),
  /** When the answer was given, or the visit is; null of an exercise. */
  at: z.nullable(epochMsSchema),
  /** As it was prescribed when the message was written; null where it is about none. */
  exercise: z.nullable(
    z.object({
      name: z.string(),
      category: z.string(),
      side: sidesSchema,
      dose: doseSchema,
      version: z.int(),
      pose: z.array(poseFrameSchema),
    }),
  ),
});
export type AboutView = z.infer<typeof aboutViewSchema>;

/** What lies beside a message; `state` and `failure` as of any upload (domain/check-in/media.ts). */
const mediaViewSchema = z.object({
  id: idSchema,
  kind: z.enum(ATTACHMENT_KINDS),
  state: z.enum(['pending', 'received', 'processing', 'ready', 'failed', 'deleted']),
  failure: z.nullable(z.string()),
  /** A small picture of it; null where there is none. */
  posterId: z.nullable(idSchema),
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  durationMs: z.nullable(z.int()),
});
export type MediaView = z.infer<typeof mediaViewSchema>;

const messageViewSchema = z.object({
  id: idSchema,
  number: z.int(),
  from: z.enum(['patient', 'carer', 'team']),
  authorName: z.string(),
  isOwn: z.boolean(),
  body: z.string(),
  media: z.array(mediaViewSchema),
  about: z.nullable(aboutViewSchema),
  /** Words that alarm in it, as the clinic's list has them. */
  says: z.array(z.string()),
  writtenAt: epochMsSchema,
  receivedAt: epochMsSchema,
});
export type MessageView = z.infer<typeof messageViewSchema>;

/** `promisedAt` null: nothing is promised; `isRed`: since only ringing is fast enough. `says`: words that alarm in it. */
const waitingViewSchema = z.object({
  says: z.array(z.string()),
  since: epochMsSchema,
  dueAt: epochMsSchema,
  promisedAt: z.nullable(epochMsSchema),
  isRed: z.boolean(),
});

const readerViewSchema = z.object({
  name: z.string(),
  isOwn: z.boolean(),
  isTeam: z.boolean(),
  deliveredNumber: z.int(),
  readNumber: z.int(),
  readAt: z.nullable(epochMsSchema),
});

/** One thread as both sides read it, its newest messages first. */
export const threadViewSchema = z.object({
  episodeId: idSchema,
  patientId: idSchema,
  patientName: z.string(),
  condition: z.string(),
  side: sidesSchema,
  /** The hand problem is closed: it is read, and nobody writes any more. */
  isEnded: z.boolean(),
  lastNumber: z.int(),
  /** Messages of others that this account has not read. */
  unread: z.int(),
  messages: z.array(messageViewSchema),
  nextCursor: z.nullable(z.int()),
  waiting: z.nullable(waitingViewSchema),
  readers: z.array(readerViewSchema),
  /** Names of the care team. */
  team: z.array(z.string()),
});
export type ThreadView = z.infer<typeof threadViewSchema>;

/** What stands at the writing line: whom to ring, and by which rules an answer is promised. */
export const messageClinicSchema = z.object({
  name: z.string(),
  phone: z.string(),
  emergencyNumber: z.string(),
  rules: z.object({
    hours: openingHoursSchema,
    timeZone: z.string(),
    replyHours: z.number(),
    replyHoursRed: z.number(),
    replyOpenHours: z.number(),
  }),
  /** At which the number stands at once, while they are written. */
  words: alarmWordsSchema,
  /** What may be picked as hard at home. */
  barriers: barriersSchema,
});
export type MessageClinic = z.infer<typeof messageClinicSchema>;

/** All that a patient's phone needs to read its threads without a line. Versioned: one of another version is thrown away. */
export const ownThreadsSchema = z.object({
  v: z.literal(1),
  clinic: messageClinicSchema,
  /** A red answer is open: no message is promised a date. */
  isRed: z.boolean(),
  threads: z.array(threadViewSchema),
});
export type OwnThreads = z.infer<typeof ownThreadsSchema>;
