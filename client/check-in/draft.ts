import type { DBSchema } from 'idb';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { putClip, readClip, removeClip } from '#client/device/clip-store';
import type { Outbox } from '#client/device/outbox';
import { deviceStore } from '#client/device/store';
import { sha256Of } from '#client/device/uploads';
import { checkInAnswersSchema } from '#domain/check-in/submission';
import { epochMsSchema, idSchema } from '#domain/input/fields';

const { pain, redFlags } = checkInAnswersSchema.shape;

const draftSchema = z.object({
  v: z.literal(1),
  checkInId: idSchema,
  /** Made with the draft, so that sending again is the same operation. */
  answersOpId: idSchema,
  clipsOpId: idSchema,
  lineageId: z.nullable(idSchema),
  /** Left out = nothing chosen yet; null = "No answer" was chosen. */
  pain: z.optional(pain),
  redFlags,
  question: z.string(),
  answeredAt: z.nullable(epochMsSchema),
  /** Whether the answers went ahead of the clip: then they stand as they are. */
  ahead: z.enum(['no', 'queueing', 'queued']),
  clipId: z.nullable(idSchema),
  sentAt: z.nullable(epochMsSchema),
});

/** A check-in that is being made on this device: its answers and its clip, until they are in the queue. */
export type CheckInDraft = z.infer<typeof draftSchema>;

interface Store extends DBSchema {
  drafts: { key: string; value: CheckInDraft };
}

const store = deviceStore<Store>('regrasp-check-in', (db) => {
  db.createObjectStore('drafts');
});

export function newDraft(lineageId: string | null): CheckInDraft {
  return {
    v: 1,
    checkInId: uuidv7(),
    answersOpId: uuidv7(),
    clipsOpId: uuidv7(),
    lineageId,
    redFlags: [],
    question: '',
    answeredAt: null,
    ahead: 'no',
    clipId: null,
    sentAt: null,
  };
}

/** The account's check-in under way on this device; null where there is none, or one of another shape. */
export async function readDraft(userId: string): Promise<CheckInDraft | null> {
  const stored: unknown = await (await store()).get('drafts', userId);
  const parsed = draftSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

export async function writeDraft(userId: string, draft: CheckInDraft): Promise<void> {
  const transaction = (await store()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(draft, userId), transaction.done]);
}

export async function removeDraft(userId: string): Promise<void> {
  await (await store()).delete('drafts', userId);
}

function answersOf({ answersOpId: opId, checkInId, lineageId, question, pain = null, redFlags }: CheckInDraft) {
  return { opId, checkInId, lineageId, question: question.trim(), answers: { v: 1, pain, redFlags } };
}

/** Queues the answers alone; can be repeated. Resolves when they are durably on this device. */
export async function sendAnswersAhead(outbox: Outbox, draft: CheckInDraft): Promise<void> {
  const submittedAt = draft.answeredAt;
  await outbox.add('check_in', draft.answersOpId, { ...answersOf(draft), clips: [], submittedAt });
}

/** Queues the clip, with its answers unless they went ahead; can be repeated. False = the clip is not on this device. */
export async function sendDraft(outbox: Outbox, draft: CheckInDraft): Promise<boolean> {
  const whole = draft.clipId === null ? null : await readClip(draft.clipId);
  if (!whole) return false;
  const clips = [{ mediaId: whole.clip.id, bytes: whole.blob.size, sha256: await sha256Of(whole.blob) }];
  await putClip({ ...whole.clip, state: 'queued' });
  const { answersOpId, clipsOpId, checkInId } = draft;
  if (draft.ahead !== 'no') await outbox.add('check_in_clips', clipsOpId, { opId: clipsOpId, checkInId, clips });
  else await outbox.add('check_in', answersOpId, { ...answersOf(draft), clips, submittedAt: draft.sentAt });
  return true;
}

/** After a reload or a killed browser: queues what was being queued. Null where no draft is left. */
export async function resumeDraft(outbox: Outbox, userId: string): Promise<CheckInDraft | null> {
  const draft = await readDraft(userId);
  if (!draft) return null;
  if (draft.sentAt !== null) {
    // Without effect where the clip has arrived already.
    await sendDraft(outbox, draft);
    await removeDraft(userId);
    return null;
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
