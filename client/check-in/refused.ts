import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { removeClip } from '#client/device/clip-store';
import type { Outbox, OutboxItem } from '#client/device/outbox';
import { logSchema } from '#domain/practice/log';
import { readDraft, writeDraft } from './draft';

/** A queued write that the server refused for good. */
export type Refused = {
  id: string;
  what: (typeof WHAT)[keyof typeof WHAT] | 'visit';
  /** The exercises it is about; empty where it is about none. */
  lineageIds: readonly string[];
  at: number;
  reason: string;
};

const logInput = z.object({ logs: z.array(logSchema) });
const checkInInput = z.object({ checkInId: z.string(), clips: z.array(z.object({ mediaId: z.string() })) });

const messageInput = z.object({ messageId: z.string(), media: z.array(z.object({ mediaId: z.string() })) });

const WHAT = {
  log: 'log',
  log_removed: 'log_removed',
  symptoms: 'said',
  symptoms_amended: 'said_later',
  it_hurts: 'it_hurts',
  check_in: 'check_in',
  check_in_clips: 'clip',
  check_in_without_clip: 'check_in',
  annotation: 'drawing',
  review_annotation: 'review_drawing',
  still: 'still',
  message: 'message',
  barrier: 'barrier',
  assessment_cell: 'assessment_cell',
} as const;

/** Null while it waits to be sent. */
export function refusedOf({ id, kind, input, createdAt, parked }: OutboxItem): Refused | null {
  if (parked === null) return null;
  const logs = logInput.safeParse(input);
  const performed = logs.success ? logs.data.logs : [];
  return {
    id,
    what: kind in WHAT ? WHAT[kind as keyof typeof WHAT] : 'visit',
    lineageIds: performed.map((log) => log.lineageId),
    at: performed[0]?.performedAt ?? createdAt,
    reason: parked,
  };
}

/** Removes a refused write with its clips; a draft whose answers were refused can be sent again under new ids. */
export async function discardRefused(outbox: Outbox, userId: string, id: string): Promise<void> {
  const item = (await outbox.list()).find((one) => one.id === id);
  await outbox.discard(id);
  const message = messageInput.safeParse(item?.input);
  for (const { mediaId } of message.data?.media ?? []) await removeClip(mediaId);
  const checkIn = checkInInput.safeParse(item?.input);
  if (!checkIn.success) return;
  for (const { mediaId } of checkIn.data.clips) await removeClip(mediaId);
  const draft = await readDraft(userId);
  if (item?.kind === 'check_in' && draft?.checkInId === checkIn.data.checkInId)
    await writeDraft(userId, { ...draft, checkInId: uuidv7(), answersOpId: uuidv7(), answeredAt: null, ahead: 'no' });
}
