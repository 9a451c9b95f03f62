import type { DBSchema } from 'idb';
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
};

interface Store extends DBSchema {
  clips: { key: string; value: StoredClip; indexes: { user: string } };
  chunks: { key: [string, number]; value: { clipId: string; n: number; bytes: ArrayBuffer } };
}

const store = deviceStore<Store>('regrasp-clips', (db) => {
  db.createObjectStore('clips', { keyPath: 'id' }).createIndex('user', 'userId');
  db.createObjectStore('chunks', { keyPath: ['clipId', 'n'] });
});

const piecesOf = (clipId: string) => IDBKeyRange.bound([clipId, 0], [clipId, Number.MAX_SAFE_INTEGER]);

export async function putClip(clip: StoredClip): Promise<void> {
  await (await store()).put('clips', clip);
}

/** Durable before it resolves: a browser that is killed loses at most the chunk under way. */
export async function addChunk(clipId: string, n: number, part: Blob): Promise<void> {
  const bytes = await part.arrayBuffer();
  const transaction = (await store()).transaction('chunks', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put({ clipId, n, bytes }), transaction.done]);
}

/** The whole clip as recorded so far; null where nothing of it, or not its beginning, is on this device. */
export async function readClip(clipId: string): Promise<{ clip: StoredClip; blob: Blob } | null> {
  const db = await store();
  const clip = await db.get('clips', clipId);
  if (!clip) return null;
  const chunks = await db.getAll('chunks', piecesOf(clipId));
  // A browser that cleared its storage in the middle leaves pieces that no player reads.
  if (chunks.length === 0 || chunks.some((chunk, n) => chunk.n !== n)) return null;
  return {
    clip,
    blob: new Blob(
      chunks.map((chunk) => chunk.bytes),
      { type: clip.mime },
    ),
  };
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

export async function removeClip(clipId: string): Promise<void> {
  const db = await store();
  await db.delete('chunks', piecesOf(clipId));
  await db.delete('clips', clipId);
}
