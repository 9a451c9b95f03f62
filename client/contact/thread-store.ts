import type { DBSchema } from 'idb';
import { openValue, type Sealed, sealValue } from '#client/device/seal';
import { deviceStore } from '#client/device/store';

const STORE = 'threads';

interface Store extends DBSchema {
  /** By the account. */
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

/** What was read leaves the device with the login. */
export async function forgetThreads(): Promise<void> {
  await (await openThreads()).clear(STORE);
}

/** Of everybody but this person. */
export async function forgetThreadsOfOthers(userId: string): Promise<void> {
  const db = await openThreads();
  const keys = await db.getAllKeys(STORE);
  await Promise.all(keys.filter((key) => key !== userId).map((key) => db.delete(STORE, key)));
}
