import * as z from 'zod/mini';
import { type ReplyRules, replyBy } from '#domain/clinic/hours';
import { idSchema, lineSchema, placeSchema, revisionSchema, wholeNumber } from '#domain/input/fields';
import type { AlarmsFound } from '#domain/practice/alarm-words';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { HOUR_MS } from '#domain/time/duration';

/** Characters of one message; as long as a page of a letter. */
export const MESSAGE_MAX = 4000;
const PHRASE_MAX = 500;
/** Messages of one page of a thread. */
export const MESSAGES_PER_PAGE = 50;
export const THREADS_PER_PAGE = 50;

/** Where a message began: an exercise (by its lineage), the answer to a check-in (by its review), or a visit. */
export const messageAboutSchema = z.object({ kind: z.enum(['exercise', 'answer', 'visit']), id: idSchema });
export type MessageAbout = z.infer<typeof messageAboutSchema>;

const bodySchema = lineSchema(MESSAGE_MAX);

/** Beside one message; what phones make is far smaller than these, a film apart. */
export const ATTACHMENTS_MAX = 4;
const ATTACHMENT_BYTES = { photo: 60_000_000, voice: 30_000_000, clip: 500_000_000 } as const;
export const ATTACHMENT_KINDS = ['photo', 'voice', 'clip'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];
/** A voice note ends by itself after so long. */
export const VOICE_SECONDS_MAX = 120;

export const maySend = ({ kind, bytes }: { kind: AttachmentKind; bytes: number }): boolean =>
  bytes > 0 && bytes <= ATTACHMENT_BYTES[kind];

/** A photo, a voice note or a film beside a message; its bytes follow by resumable upload under the same id. */
const attachmentSchema = z
  .object({ mediaId: idSchema, kind: z.enum(ATTACHMENT_KINDS), bytes: wholeNumber(1, 500_000_000) })
  .check(z.refine(maySend, { path: ['bytes'], error: 'too_large' }));
export type Attachment = z.infer<typeof attachmentSchema>;

/** `messageId` and `noteId` are made by the device, and are what a repetition is known by. */
export const sendMessageSchema = z
  .object({
    messageId: idSchema,
    /** Null = the hand problem that is open: of a phone that never had a line to ask which. */
    episodeId: z.nullable(idSchema),
    /** Empty where something lies beside it. */
    body: z.union([bodySchema, z.literal('')]),
    about: z.nullable(messageAboutSchema),
    media: z.optional(z.array(attachmentSchema).check(z.maxLength(ATTACHMENTS_MAX))),
    /** Of the care team: the last message that was on screen; one that came meanwhile is not answered by this. */
    seen: z.optional(revisionSchema),
    writtenAt: deviceMsSchema,
    clock: z.optional(deviceClockSchema),
  })
  .check(z.refine(({ body, media = [] }) => body !== '' || media.length > 0, { path: ['body'], error: 'empty' }));
export type SendMessage = z.infer<typeof sendMessageSchema>;

export const threadPageSchema = z.object({ episodeId: idSchema, cursor: z.nullish(wholeNumber(1, 2 ** 31 - 1)) });
export const markThreadSchema = z.object({
  episodeId: idSchema,
  delivered: revisionSchema,
  /** Null = it is on the device and nobody has looked. */
  read: z.nullable(revisionSchema),
});
export const noteThreadSchema = z.object({ noteId: idSchema, episodeId: idSchema, body: bodySchema });
export const settleThreadSchema = z.object({
  noteId: idSchema,
  episodeId: idSchema,
  /** The last message that was on screen: one that came meanwhile is not settled unseen. */
  upTo: revisionSchema,
});
export const handOverSchema = z.object({
  noteId: idSchema,
  episodeId: idSchema,
  toUserId: idSchema,
  note: z.nullable(bodySchema),
});
export const keepPhraseSchema = z.object({
  phraseId: idSchema,
  text: lineSchema(PHRASE_MAX),
  forWhom: z.enum(['me', 'clinic']),
});
export const INBOX_VIEWS = ['mine', 'team', 'ended'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];
export const inboxSchema = z.object({ view: z.enum(INBOX_VIEWS), cursor: z.nullish(placeSchema) });

/** 0: first in every list and without a date, since only ringing is fast enough. 1: with words that alarm. 2: any other. */
type Rank = 0 | 1 | 2;
/** `dueAt`: the order within a rank, epoch ms. `says`: the words that alarm, as the clinic's list has them. */
export type Placed = { rank: Rank; dueAt: number; promisedAt: number | null; says: readonly string[] };
export type Waiting = Placed & { since: number };

/**
 * When a message that came then is to be answered. While a red answer of the patient is open, and beside words of
 * self-harm, no date is promised, only whom to ring: by a default of this project, as for check-ins. Words that alarm put
 * it before the others and change no promise: what they mean is not known before somebody has read them.
 */
export function placeMessage(
  { isRed, found }: { isRed: boolean; found: AlarmsFound },
  rules: ReplyRules,
  receivedAt: number,
): Placed {
  const says = [...found.crisis, ...found.alarm];
  if (isRed || found.crisis.length > 0)
    return { rank: 0, dueAt: receivedAt + rules.replyHoursRed * HOUR_MS, promisedAt: null, says };
  const promisedAt = replyBy(rules, receivedAt);
  // A clinic that never opens promises nothing; its list has an order all the same.
  const dueAt = promisedAt ?? receivedAt + rules.replyHours * HOUR_MS;
  return { rank: says.length > 0 ? 1 : 2, dueAt, promisedAt, says };
}

/** What waits when one more message of the patient came: the oldest keeps its time, and the gravest its place. */
export function waitingWith(before: Waiting | null, placed: Placed, receivedAt: number): Waiting {
  if (!before) return { since: receivedAt, ...placed };
  const rank = before.rank < placed.rank ? before.rank : placed.rank;
  const promises = [before.promisedAt, placed.promisedAt].filter((at) => at !== null);
  return {
    since: Math.min(before.since, receivedAt),
    rank,
    dueAt: Math.min(before.dueAt, placed.dueAt),
    promisedAt: rank === 0 || promises.length === 0 ? null : Math.min(...promises),
    says: [...new Set([...before.says, ...placed.says])],
  };
}

/** Past the time that was promised, or, of a red one, past the clinic's own. */
export function isOverdue({ dueAt }: Pick<Waiting, 'dueAt'>, nowMs: number): boolean {
  return dueAt <= nowMs;
}

/** By which the notices of a message with words of self-harm are told apart, and its message is found again. */
export const crisisEventKey = (messageId: string) => `crisis:${messageId}`;
export const messageOfCrisis = (eventKey: string) => /^crisis:(.+)$/.exec(eventKey)?.[1] ?? null;

export type MessageState = 'sent' | 'delivered' | 'read';
type Reader = { deliveredNumber: number; readNumber: number };

/** How far a message has come on the other side, whoever of them is furthest. */
export function stateOf(number: number, others: readonly Reader[]): MessageState {
  if (others.some((one) => one.readNumber >= number)) return 'read';
  return others.some((one) => one.deliveredNumber >= number) ? 'delivered' : 'sent';
}

/** What PostgreSQL stores nowhere and nobody sees, such as NUL of a file that was pasted: a device leaves it out. */
export const storableBody = (typed: string) => typed.replace(/[\0\p{Surrogate}]/gu, '');

const MESSAGE = 'message:';

/** The event of a message that was written, as its notices carry it. */
export function messageEventKey(messageId: string): string {
  return `${MESSAGE}${messageId}`;
}

/** Which message a notice tells of, by its event; null where it tells of something else. */
export function messageOfEvent(eventKey: string): string | null {
  return eventKey.startsWith(MESSAGE) ? eventKey.slice(MESSAGE.length) : null;
}
