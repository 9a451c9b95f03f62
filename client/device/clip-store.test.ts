import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  addPart,
  ClipStuck,
  changeClip,
  findClip,
  isWhole,
  openClip,
  preparing,
  putClip,
  readClip,
  removeClip,
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

/** As private windows of some browsers do. */
function keepBytesOnly(): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
    if (value.piece instanceof Blob) throw new DOMException('no blobs', 'DataCloneError');
    return put.call(this, value);
  });
}

/** The most bytes that were read from blobs at once since. */
function largestRead(): { largest: number } {
  const seen = { largest: 0 };
  const read = Blob.prototype.arrayBuffer;
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
    seen.largest = Math.max(seen.largest, this.size);
    return read.call(this);
  });
  return seen;
}

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
    const read = largestRead();
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    expect(await sha256Of(blob)).toBe(Buffer.from(digest).toString('hex'));
    expect(read.largest).toBeLessThanOrEqual(PIECE_BYTES);
  });

  it('keeps bytes where the store takes no blobs, and says where a file cannot be read', async () => {
    const clip = await kept();
    keepBytesOnly();
    await addPart(clip, 0, new Blob(['kept']));
    expect(await (await readClip(clip.id))?.blob.text()).toBe('kept');
    const unreadable = new DOMException('gone', 'NotReadableError');
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(unreadable);
    await expect(addPart(clip, 1, new Blob(['cloud']))).rejects.toBe(unreadable);
  });

  it('never has more than the pieces of one part at once, where the store takes no blobs', async () => {
    const clip = await kept();
    keepBytesOnly();
    const bytes = bytesOf(5 * PIECE_BYTES + 9);
    await addPart(clip, 0, new Blob([bytes]));
    const all = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const read = largestRead();
    const whole = await openClip(clip.id);
    if (!whole) throw new Error('it is here');
    expect(whole.size).toBe(bytes.length);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    expect(await sha256Of(whole)).toBe(digest);
    expect((await readClip(clip.id))?.blob.size).toBe(bytes.length);
    expect(read.largest).toBeLessThanOrEqual(PIECE_BYTES);
    expect(all).not.toHaveBeenCalled();
  });

  it('gives any part of a clip as it was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 }),
        fc.nat(330),
        fc.nat(330),
        async (parts, one, other) => {
          const clip = await kept();
          let next = 0;
          for (const part of parts) next = await addPart(clip, next, new Blob([Uint8Array.from(part)]));
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const part = await (await openClip(clip.id))?.slice(from, to);
          const expected = Buffer.concat(parts).subarray(from, to);
          expect(Buffer.from((await part?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(expected)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says so where a piece goes while it is read', async () => {
    const clip = await kept();
    await addPart(clip, 0, new Blob(['begin']));
    const whole = await openClip(clip.id);
    await removeClip(clip.id);
    await expect(whole?.slice(0, 5)).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await openClip(clip.id)).toBeNull();
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
