import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { ClipStuck, changeClip, findClip, openClip, preparing, removeClip } from '#client/device/clip-store';
import type { Outbox } from '#client/device/outbox';
import { sha256Of } from '#client/device/sha256';
import { checkInAnswersSchema } from '#domain/check-in/submission';
import { idSchema } from '#domain/input/fields';
import { shownSchema } from '#domain/practice/log';
import { callFor } from '#domain/practice/pain-policy';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { readStored, removeDraft, writeStored } from './draft-store';

const { pain, redFlags } = checkInAnswersSchema.shape;

const draftSchema = z.object({
  v: z.literal(1),
  checkInId: idSchema,
  /** Made with the draft, so that sending again is the same operation. */
  answersOpId: idSchema,
  clipsOpId: idSchema,
  lineageId: z.nullable(idSchema),
  /** By which version of the program it was filmed. */
  programVersionId: z.optional(idSchema),
  /** Left out = nothing chosen yet; null = "No answer" was chosen. */
  pain: z.optional(pain),
  redFlags,
  /** Which check each tick was said by, so that it can be taken back. */
  said: z.optional(z.record(z.string(), z.object({ checkId: idSchema, saidAt: deviceMsSchema }))),
  question: z.string(),
  answeredAt: z.nullable(deviceMsSchema),
  /** What was added to the device's clock in the last of these times. */
  clock: z.optional(deviceClockSchema),
  /** What the person was told that the answers mean. */
  shown: z.optional(shownSchema),
  /** Whether the answers went ahead of the clip: then they stand as they are. */
  ahead: z.enum(['no', 'queueing', 'queued']),
  clipId: z.nullable(idSchema),
  /** The check-in whose clip was asked for once more, and when that was sent. */
  replaces: z.optional(z.object({ checkInId: idSchema, submittedAt: deviceMsSchema })),
  sentAt: z.nullable(deviceMsSchema),
  /** Sent as it is, without any clip. */
  withoutClip: z.optional(z.boolean()),
});

/** A check-in that is being made on this device: its answers and its clip, until they are in the queue. */
export type CheckInDraft = z.infer<typeof draftSchema>;

export function newDraft(lineageId: string | null): CheckInDraft {
  return {
    v: 1,
    checkInId: uuidv7(),
    answersOpId: uuidv7(),
    clipsOpId: uuidv7(),
    lineageId,
    redFlags: null,
    question: '',
    answeredAt: null,
    ahead: 'no',
    clipId: null,
    sentAt: null,
  };
}

type Sent = Pick<CheckInDraft, 'lineageId' | 'redFlags' | 'question'> & {
  id: string;
  pain: number | null;
  submittedAt: number;
};

/**
 * Asked to film it again: what was said stands, and only the clip is missing. After an emergency sign nobody is led to a
 * camera: then the questions are asked anew.
 */
export function draftInPlaceOf({ id, submittedAt, ...said }: Sent, nowMs: number): CheckInDraft {
  const draft = { ...newDraft(said.lineageId), ...said, replaces: { checkInId: id, submittedAt } };
  const isEmergency = callFor(said.redFlags ?? []) === 'emergency';
  return isEmergency ? { ...draft, pain: undefined, redFlags: null } : { ...draft, answeredAt: nowMs };
}

/** Is there more in it than a page that was opened? */
export function isBegun(draft: CheckInDraft): boolean {
  return draft.answeredAt !== null;
}

/** The account's check-in under way on this device; null where there is none, or one of another shape. */
export async function readDraft(userId: string): Promise<CheckInDraft | null> {
  const parsed = draftSchema.safeParse(await readStored(userId));
  return parsed.success ? parsed.data : null;
}

export async function writeDraft(userId: string, draft: CheckInDraft): Promise<void> {
  await writeStored(userId, draft);
}

function answersOf({
  answersOpId: opId,
  checkInId,
  lineageId,
  programVersionId,
  question,
  pain = null,
  redFlags,
  replaces,
  clock,
  shown = null,
}: Omit<CheckInDraft, 'shown'> & { shown?: CheckInDraft['shown'] | null }) {
  const answers = { v: 2, pain, redFlags };
  const said = { opId, checkInId, lineageId, programVersionId, question: question.trim(), answers, shown, clock };
  return replaces ? { ...said, replacesId: replaces.checkInId } : said;
}

/** Queues the answers alone; can be repeated. Resolves when they are durably on this device, or with the clinic. */
export async function sendAnswersAhead(outbox: Outbox, draft: CheckInDraft): Promise<void> {
  const submittedAt = draft.answeredAt;
  await outbox.add('check_in', draft.answersOpId, { ...answersOf(draft), clips: [], submittedAt });
}

async function weigh(clipId: string): Promise<{ bytes: number; sha256: string } | null> {
  const whole = await openClip(clipId);
  return whole && { bytes: whole.size, sha256: whole.clip.sha256 ?? (await sha256Of(whole)) };
}

/** Queues the clip, with its answers unless they went ahead; can be repeated. False = the clip is not on this device. */
async function sendDraft(outbox: Outbox, draft: CheckInDraft): Promise<boolean> {
  const { clipId: mediaId } = draft;
  const whole = mediaId === null ? null : await preparing(mediaId, () => weigh(mediaId));
  if (!mediaId || !whole) return false;
  const { bytes, sha256 } = whole;
  const clips = [{ mediaId, bytes, sha256 }];
  await changeClip(mediaId, { state: 'queued', sha256 });
  const { answersOpId, clipsOpId, checkInId } = draft;
  if (draft.ahead !== 'no') await outbox.add('check_in_clips', clipsOpId, { opId: clipsOpId, checkInId, clips });
  else
    await outbox.add(
      'check_in',
      answersOpId,
      { ...answersOf(draft), clips, submittedAt: draft.sentAt },
      // The draft keeps it until it is in the queue.
      { inForm: true },
    );
  return true;
}

/** Queues the answers as all there will be; those that went ahead are told that no clip follows. */
async function sendWithoutClip(outbox: Outbox, draft: CheckInDraft): Promise<void> {
  const { answersOpId, clipsOpId, checkInId, sentAt: submittedAt } = draft;
  if (draft.ahead !== 'no') await outbox.add('check_in_without_clip', clipsOpId, { opId: clipsOpId, checkInId });
  else await outbox.add('check_in', answersOpId, { ...answersOf(draft), clips: [], withoutClip: true, submittedAt });
}

/** Queues what was sent; false = it was to go with a clip, which is not on this device as a whole. */
export async function sendAll(outbox: Outbox, draft: CheckInDraft): Promise<boolean> {
  if (!draft.withoutClip) return await sendDraft(outbox, draft);
  await sendWithoutClip(outbox, draft);
  return true;
}

/** After a reload or a killed browser: queues what was being queued. Null where no draft is left. */
export async function resumeDraft(outbox: Outbox, userId: string): Promise<CheckInDraft | null> {
  const draft = await readDraft(userId);
  if (!draft) return null;
  if (draft.sentAt !== null) {
    const isSent = await sendAll(outbox, draft).catch((error: unknown) => {
      if (error instanceof ClipStuck) return 'stuck' as const;
      throw error;
    });
    // Without effect where the clip has arrived already and has left the device.
    const isLost = isSent === false && draft.clipId !== null && (await findClip(draft.clipId));
    if (isSent !== 'stuck' && !isLost) {
      await removeDraft(userId);
      return null;
    }
    // A piece of the clip is gone, or preparing it ends the page. What was said stays: it goes with another clip, or with
    // none, or with this one once its owner presses "Send" again.
    const unsent: CheckInDraft = { ...draft, sentAt: null, clipId: isSent === 'stuck' ? draft.clipId : null };
    await writeDraft(userId, unsent);
    return unsent;
  }
  if (draft.ahead !== 'queueing') return draft;
  await sendAnswersAhead(outbox, draft);
  const queued: CheckInDraft = { ...draft, ahead: 'queued' };
  await writeDraft(userId, queued);
  return queued;
}

/** Answers that went ahead stay with the clinic. */
export async function discardDraft(userId: string, draft: CheckInDraft): Promise<void> {
  if (draft.clipId) await removeClip(draft.clipId);
  await removeDraft(userId);
}
