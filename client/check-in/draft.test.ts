import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addPart, putClip } from '#client/device/clip-store';
import type { Outbox } from '#client/device/outbox';
import { mendStores } from '#client/device/queue/testing';
import { seals } from '#client/device/seal';
import { type CheckInDraft, newDraft, readDraft, resumeDraft, sendAll, writeDraft } from './draft';

const AT = 1_800_000_000_000;
let userId = '';
beforeEach(() => {
  userId = uuidv7();
});
afterEach(mendStores);

const queue = () => ({ add: vi.fn(async () => undefined) }) as unknown as Outbox & { add: ReturnType<typeof vi.fn> };

async function filmed(change: { begun?: number } = {}): Promise<CheckInDraft> {
  const clipId = uuidv7();
  await putClip({ id: clipId, userId, mime: 'video/webm', state: 'recorded', createdAt: 1, ...change });
  await addPart({ id: clipId, userId }, 0, new Blob(['clip']));
  return { ...newDraft(null), pain: 2, redFlags: [], answeredAt: AT, clipId };
}

describe('a check-in under way', () => {
  it('is its owner’s alone, through their seal, and there again after a reload', async () => {
    const before = seals.of;
    const seen: string[] = [];
    seals.of = (owner) => ({
      seal: async (piece) => (typeof piece === 'string' ? (`${owner}:${piece}` as typeof piece) : piece),
      open: async (piece) => {
        seen.push(owner);
        return typeof piece === 'string' ? (piece.slice(owner.length + 1) as typeof piece) : piece;
      },
    });
    const draft = { ...newDraft(null), question: 'Is my thumb in the way?' };
    await writeDraft(userId, draft);
    expect(await readDraft(userId)).toEqual(draft);
    expect(await readDraft(uuidv7())).toBeNull();
    seals.of = before;
    expect(seen).toEqual([userId]);
  });

  it('is taken over as an earlier build kept it', async () => {
    const { openDB } = await import('idb');
    await writeDraft(uuidv7(), newDraft(null));
    const db = await openDB('regrasp-check-in', 1);
    const draft = { ...newDraft(null), question: 'before' };
    await db.put('drafts', draft, userId);
    db.close();
    expect(await readDraft(userId)).toMatchObject({ question: 'before' });
  });

  it('goes into the queue with its clip, hashed once', async () => {
    const draft = await filmed();
    const outbox = queue();
    expect(await sendAll(outbox, draft)).toBe(true);
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('clip'))).toString('hex');
    const clips = [{ mediaId: draft.clipId, bytes: 4, sha256 }];
    expect(outbox.add).toHaveBeenCalledWith('check_in', draft.answersOpId, expect.objectContaining({ clips }), {
      inForm: true,
    });
  });

  it('is there to be sent again where preparing its clip ended the page several times', async () => {
    const draft = await filmed({ begun: 3 });
    await writeDraft(userId, { ...draft, sentAt: AT });
    const outbox = queue();
    expect(await resumeDraft(outbox, userId)).toMatchObject({ sentAt: null, clipId: draft.clipId });
    expect(outbox.add).not.toHaveBeenCalled();
  });

  it('keeps its answers where its clip is gone', async () => {
    const draft = await filmed();
    await addPart({ id: draft.clipId ?? '', userId }, 3, new Blob(['later']));
    await writeDraft(userId, { ...draft, sentAt: AT });
    expect(await resumeDraft(queue(), userId)).toMatchObject({ sentAt: null, clipId: null, pain: 2 });
  });
});
