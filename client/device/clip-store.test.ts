import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  addPart,
  ClipStuck,
  changeClip,
  findClip,
  isWhole,
  preparing,
  putClip,
  readClip,
  type StoredClip,
} from './clip-store';
import { breakStore, isFull, mendStores } from './queue/testing';
import { PIECE_BYTES, seals } from './seal';
import { sha256Of } from './sha256';

afterEach(() => {
  mendStores();
  vi.restoreAllMocks();
});

async function kept(): Promise<StoredClip> {
  const clip = { id: uuidv7(), userId: uuidv7(), mime: 'video/webm', state: 'recorded' as const, createdAt: 1 };
  await putClip(clip);
  return clip;
}

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) % 256);

describe('the clips of a device', () => {
  it('keeps a part in pieces of at most a mebibyte and gives it back as it was', async () => {
    const clip = await kept();
    const bytes = bytesOf(PIECE_BYTES * 2 + 5);
    const next = await addPart(clip, 0, new Blob([bytes]));
    expect(await addPart(clip, next, new Blob(['end']))).toBe(4);
    const blob = (await readClip(clip.id))?.blob ?? new Blob();
    expect(blob.size).toBe(bytes.length + 3);
    const begin = Buffer.from(await blob.slice(0, bytes.length).arrayBuffer());
    expect(begin.equals(bytes)).toBe(true);
    expect(await blob.slice(bytes.length).text()).toBe('end');
  });

  it('is hashed slice by slice, as a whole would be', async () => {
    const bytes = bytesOf(5 * PIECE_BYTES + 17);
    const blob = new Blob([bytes]);
    let largest = 0;
    const read = Blob.prototype.arrayBuffer;
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
      largest = Math.max(largest, this.size);
      return read.call(this);
    });
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    expect(await sha256Of(blob)).toBe(Buffer.from(digest).toString('hex'));
    expect(largest).toBeLessThanOrEqual(2 * PIECE_BYTES);
  });

  it('keeps bytes where the store takes no blobs, and says where a file cannot be read', async () => {
    const clip = await kept();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
      if (value.piece instanceof Blob) throw new DOMException('no blobs', 'DataCloneError');
      return put.call(this, value);
    });
    await addPart(clip, 0, new Blob(['kept']));
    expect(await (await readClip(clip.id))?.blob.text()).toBe('kept');
    const unreadable = new DOMException('gone', 'NotReadableError');
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(unreadable);
    await expect(addPart(clip, 1, new Blob(['cloud']))).rejects.toBe(unreadable);
  });

  it('says where there is no room', async () => {
    const clip = await kept();
    breakStore('put', isFull);
    await expect(addPart(clip, 0, new Blob(['one']))).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });

  it('is broken where a piece of it is gone', async () => {
    const clip = await kept();
    await addPart(clip, 1, new Blob(['end']));
    expect(await isWhole(clip.id)).toBe(false);
    expect(await readClip(clip.id)).toBeNull();
  });

  it('is prepared no more by itself after it ended the page three times, until its owner says so', async () => {
    const clip = await kept();
    for (let killed = 0; killed < 3; killed++) {
      void preparing(clip.id, () => new Promise<void>(() => undefined));
      await vi.waitFor(async () => expect((await findClip(clip.id))?.begun).toBe(killed + 1));
    }
    const act = vi.fn(async () => 'done');
    await expect(preparing(clip.id, act)).rejects.toThrow(ClipStuck);
    expect(act).not.toHaveBeenCalled();
    await changeClip(clip.id, { begun: 0 });
    expect(await preparing(clip.id, act)).toBe('done');
    expect((await findClip(clip.id))?.begun).toBe(0);
  });

  it('counts nothing where preparing it only fails', async () => {
    const clip = await kept();
    await expect(preparing(clip.id, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await findClip(clip.id))?.begun).toBe(0);
  });

  it('goes through the seal of its owner, piece by piece', async () => {
    const before = seals.of;
    const clip = await kept();
    const sealed: string[] = [];
    seals.of = (userId) => ({
      seal: async (piece) => {
        sealed.push(userId);
        return (piece instanceof Blob ? new Blob(['#', piece]) : piece) as typeof piece;
      },
      open: async (piece) => (piece instanceof Blob ? piece.slice(1) : piece) as typeof piece,
    });
    await addPart(clip, 0, new Blob([bytesOf(PIECE_BYTES + 1)]));
    const whole = await readClip(clip.id);
    seals.of = before;
    expect(sealed).toEqual([clip.userId, clip.userId]);
    expect(whole?.blob.size).toBe(PIECE_BYTES + 1);
    expect((await readClip(clip.id))?.blob.size).toBe(PIECE_BYTES + 3);
  });
});
