import type { DBSchema } from 'idb';
import { askToPersist } from '#client/device/saved/persist';
import { openValue, sealValue } from '#client/device/seal';
import { deviceStore } from '#client/device/store';

interface Store extends DBSchema {
  drafts: { key: string; value: unknown };
}

const store = deviceStore<Store>('regrasp-check-in', (db) => void db.createObjectStore('drafts'));

export async function readStored(userId: string): Promise<unknown> {
  return await openValue(userId, await (await store()).get('drafts', userId));
}

export async function writeStored(userId: string, draft: unknown): Promise<void> {
  askToPersist();
  const sealed = await sealValue(userId, draft);
  const transaction = (await store()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(sealed, userId), transaction.done]);
}

export async function removeDraft(userId: string): Promise<void> {
  await (await store()).delete('drafts', userId);
}

/** Whose check-ins are under way on this device. */
export async function draftOwners(): Promise<string[]> {
  return await (await store()).getAllKeys('drafts');
}
