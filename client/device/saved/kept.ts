import type { DBSchema } from 'idb';
import { openValue, type Sealed, sealValue } from '../seal';
import { deviceStore } from '../store';
import { askToPersist } from './persist';

interface Store extends DBSchema {
  /** By the account and what it is of. */
  texts: { key: [string, string]; value: Sealed };
}

const store = deviceStore<Store>('regrasp-texts', (db) => void db.createObjectStore('texts'));

/** One write after the other: what was typed last is what stays. */
let writing: Promise<unknown> = Promise.resolve();

async function write(userId: string, key: string, value: unknown): Promise<void> {
  if (value === null) return await (await store()).delete('texts', [userId, key]);
  askToPersist();
  const sealed = await sealValue(userId, value);
  await (await store()).put('texts', sealed, [userId, key]);
}

/** Keeps what a person wrote and the server has not; null = it has. A device without room keeps it on its page alone. */
export function keepText(userId: string, key: string, value: unknown): Promise<unknown> {
  writing = writing.then(() => write(userId, key, value)).catch(() => undefined);
  return writing;
}

/** What one person keeps here, by name. */
export async function listTexts(userId: string): Promise<string[]> {
  const keys = await (await store()).getAllKeys('texts', IDBKeyRange.bound([userId], [userId, []]));
  return keys.map(([, name]) => name);
}

/** Null where nothing is kept. */
export async function readText(userId: string, key: string): Promise<unknown> {
  await writing;
  return (await openValue(userId, await (await store()).get('texts', [userId, key]))) ?? null;
}

/** How many texts of each person are kept here. */
export async function textsByOwner(): Promise<Map<string, number>> {
  const owners = new Map<string, number>();
  for (const [userId] of await (await store()).getAllKeys('texts')) owners.set(userId, (owners.get(userId) ?? 0) + 1);
  return owners;
}

export async function deleteTextsOf(userId: string): Promise<void> {
  await (await store()).delete('texts', IDBKeyRange.bound([userId], [userId, []]));
}
