import type { DBSchema } from 'idb';
import { askToPersist } from './saved/persist';
import { PIECE_BYTES, seals } from './seal';
import { deviceStore } from './store';

export type StoredClip = {
  id: string;
  userId: string;
  mime: string;
  /**
   * `recording` survives a killed browser as what was recorded so far; `queued` waits to be sent. `recorded` is kept
   * until its owner decides: not sent yet, or not taken.
   */
  state: 'recording' | 'recorded' | 'queued';
  createdAt: number;
  /** The write in the outbox that tells the server of it: until it is sent nothing is asked about the clip. */
  announcedBy?: string;
  /** Of the whole clip, once it was reckoned. */
  sha256?: string;
  /** How often in a row it was being prepared when the page ended. */
  begun?: number;
  /** The browser has it and cannot read it. */
  isUnreadable?: boolean;
};

type Chunk = {
  clipId: string;
  n: number;
  /** By reference, where the browser's store takes that. */
  piece?: Blob | ArrayBuffer;
  /** As earlier builds stored it. */
  bytes?: ArrayBuffer;
};

interface Store extends DBSchema {
  clips: { key: string; value: StoredClip; indexes: { user: string } };
  chunks: { key: [string, number]; value: Chunk };
}

const store = deviceStore<Store>('regrasp-clips', (db) => {
  db.createObjectStore('clips', { keyPath: 'id' }).createIndex('user', 'userId');
  db.createObjectStore('chunks', { keyPath: ['clipId', 'n'] });
});

const piecesOf = (clipId: string) => IDBKeyRange.bound([clipId, 0], [clipId, Number.MAX_SAFE_INTEGER]);

export async function putClip(clip: StoredClip): Promise<void> {
  askToPersist();
  await (await store()).put('clips', clip);
}

/** Nothing where it has gone meanwhile. */
export async function changeClip(clipId: string, change: Partial<Omit<StoredClip, 'id' | 'userId'>>): Promise<void> {
  const transaction = (await store()).transaction('clips', 'readwrite', { durability: 'strict' });
  const clip = await transaction.store.get(clipId);
  if (clip) await transaction.store.put({ ...clip, ...change });
  await transaction.done;
}

async function putChunk(chunk: Chunk): Promise<void> {
  const transaction = (await store()).transaction('chunks', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(chunk), transaction.done]);
}

const isNoRoom = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

async function putPiece(chunk: Omit<Chunk, 'piece'>, piece: Blob): Promise<void> {
  try {
    await putChunk({ ...chunk, piece });
  } catch (error) {
    if (isNoRoom(error)) throw error;
    // Private windows of some browsers keep bytes but no blobs. A file that cannot be read says so here.
    await putChunk({ ...chunk, piece: await piece.arrayBuffer() });
  }
}

/**
 * Adds to a clip what comes next of it, in pieces from the `n`th on; resolves with the number after the last. Durable before
 * it resolves: a browser that is killed loses at most the part under way. Rejects with the browser's own error: one named
 * `NotReadableError` where the part cannot be read, `QuotaExceededError` where there is no room.
 */
export async function addPart(
  { id, userId }: Pick<StoredClip, 'id' | 'userId'>,
  n: number,
  part: Blob,
): Promise<number> {
  const seal = seals.of(userId);
  let next = n;
  for (let at = 0; at < part.size; at += PIECE_BYTES)
    await putPiece({ clipId: id, n: next++ }, await seal.seal(part.slice(at, at + PIECE_BYTES)));
  return next;
}

/** Bytes that are read part by part: `from` inclusive, `to` exclusive. A blob is one, too. */
export type Sliceable = { size: number; slice(from: number, to: number): Blob | Promise<Blob> };

/** The clip's `n`th piece. Rejects with the browser's name of what cannot be found, where it has gone meanwhile. */
async function pieceOf(clip: StoredClip, n: number): Promise<Blob> {
  const chunk = await (await store()).get('chunks', [clip.id, n]);
  if (!chunk) throw new DOMException('a piece of the clip is gone', 'NotFoundError');
  return await seals.of(clip.userId).open(new Blob([chunk.piece ?? chunk.bytes ?? '']));
}

/**
 * A clip as recorded so far, to be read part by part; null where nothing of it, or not its beginning, is on this device.
 * Where the store keeps bytes and no blobs, no more than the pieces of one part are in memory at a time.
 */
export async function openClip(clipId: string): Promise<({ clip: StoredClip } & Sliceable) | null> {
  const clip = await findClip(clipId);
  // A browser that cleared its storage in the middle leaves pieces that no player reads.
  if (!clip || !(await isWhole(clipId))) return null;
  const count = await (await store()).count('chunks', piecesOf(clipId));
  const starts: number[] = [];
  let size = 0;
  for (let n = 0; n < count; n++) {
    starts.push(size);
    size += (await pieceOf(clip, n)).size;
  }
  const slice = async (from: number, to: number) => {
    const parts: Blob[] = [];
    for (const [n, start] of starts.entries())
      if (start < to && (starts[n + 1] ?? size) > from)
        parts.push((await pieceOf(clip, n)).slice(Math.max(0, from - start), to - start));
    return new Blob(parts);
  };
  return { clip, size, slice };
}

/**
 * The same as one blob, for a player: it is the browser's to keep, outside the memory of the page. Bytes become blobs one
 * piece after the other.
 */
export async function readClip(clipId: string): Promise<{ clip: StoredClip; blob: Blob } | null> {
  const clip = await findClip(clipId);
  if (!clip || !(await isWhole(clipId))) return null;
  const count = await (await store()).count('chunks', piecesOf(clipId));
  const pieces: Blob[] = [];
  for (let n = 0; n < count; n++) pieces.push(await pieceOf(clip, n));
  return { clip, blob: new Blob(pieces, { type: clip.mime }) };
}

/** Are all its pieces here? Asked without reading them: a clip may be larger than the memory. */
export async function isWhole(clipId: string): Promise<boolean> {
  const keys = await (await store()).getAllKeys('chunks', piecesOf(clipId));
  return keys.length > 0 && keys.every(([, n], place) => n === place);
}

export async function findClip(clipId: string): Promise<StoredClip | undefined> {
  return (await store()).get('clips', clipId);
}

export async function listClips(userId: string): Promise<StoredClip[]> {
  return (await store()).getAllFromIndex('clips', 'user', userId);
}

/** Ids of the clips of each person who has any here. */
export async function clipsByOwner(): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const { id, userId } of await (await store()).getAll('clips'))
    owners.set(userId, [...(owners.get(userId) ?? []), id]);
  return owners;
}

export async function removeClip(clipId: string): Promise<void> {
  const db = await store();
  await db.delete('chunks', piecesOf(clipId));
  await db.delete('clips', clipId);
}

/** Ended pages in a row during the preparation of one clip, after which it is not prepared again by itself. */
const BEGUN_MAX = 3;

export const isStuck = ({ begun = 0 }: Pick<StoredClip, 'begun'>) => begun >= BEGUN_MAX;

/** Preparing it has ended the page several times: its owner is asked first. */
export class ClipStuck extends Error {
  constructor() {
    super('preparing this clip ended the page several times');
    this.name = 'ClipStuck';
  }
}

/** Runs what a clip may be too large for. A page that ends meanwhile leaves a trace, so that it ends no page for ever. */
export async function preparing<T>(clipId: string, act: () => Promise<T>): Promise<T> {
  const clip = await findClip(clipId);
  if (clip && isStuck(clip)) throw new ClipStuck();
  await changeClip(clipId, { begun: (clip?.begun ?? 0) + 1 });
  try {
    return await act();
  } finally {
    await changeClip(clipId, { begun: 0 });
  }
}
