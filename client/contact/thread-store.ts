import type { DBSchema } from 'idb';
import { openValue, type Sealed, sealValue } from '#client/device/seal';
import { deviceStore } from '#client/device/store';

const STORE = 'threads';

interface Store extends DBSchema {
  /** By the account; what was sent lately by `<account>.sent`. */
  threads: { key: string; value: Sealed };
}

const openThreads = deviceStore<Store>('regrasp-threads', (db) => void db.createObjectStore(STORE));

/** What this person's phone has of their threads, to be parsed. */
export async function readKeptThreads(userId: string): Promise<unknown> {
  return await openValue(userId, await (await openThreads()).get(STORE, userId));
}

export async function keepThreads(userId: string, threads: unknown): Promise<void> {
  const sealed = await sealValue(userId, threads);
  await (await openThreads()).put(STORE, sealed, userId);
}

const sentKey = (userId: string) => `${userId}.sent`;

/** What this phone has sent and its threads do not know yet, to be parsed: it is shown without a line too. */
export async function readSentMessages(userId: string): Promise<unknown> {
  return await openValue(userId, await (await openThreads()).get(STORE, sentKey(userId)));
}

export async function keepSentMessages(userId: string, sent: readonly unknown[]): Promise<void> {
  const sealed = await sealValue(userId, sent);
  await (await openThreads()).put(STORE, sealed, sentKey(userId));
}

/** What was read leaves the device with the login. */
export async function forgetThreads(): Promise<void> {
  await (await openThreads()).clear(STORE);
}

/** Of everybody but this person. */
export async function forgetThreadsOfOthers(userId: string): Promise<void> {
  const db = await openThreads();
  const keys = await db.getAllKeys(STORE);
  await Promise.all(keys.filter((key) => !key.startsWith(userId)).map((key) => db.delete(STORE, key)));
}
