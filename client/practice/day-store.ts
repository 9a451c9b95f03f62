import type { DBSchema } from 'idb';
import type { OutboxItem } from '#client/device/outbox';
import { openValue, sealValue } from '#client/device/seal';
import { deviceStore } from '#client/device/store';

const STORE = 'packs';

interface Store extends DBSchema {
  /** By the account; what was sent lately by `<account>.sent.<id>`. */
  packs: { key: string; value: unknown };
}

const openPacks = deviceStore<Store>('regrasp-day', (db) => void db.createObjectStore(STORE));

export async function readDay(userId: string): Promise<unknown> {
  return await openValue(userId, await (await openPacks()).get(STORE, userId));
}

export async function keepDay(userId: string, pack: unknown): Promise<void> {
  const sealed = await sealValue(userId, pack);
  await (await openPacks()).put(STORE, sealed, userId);
}

/** Names, doses and logs leave the device with the login; what waits to be sent stays in its own store. */
export async function forgetDays(): Promise<void> {
  underway.clear();
  await (await openPacks()).clear(STORE);
}

/** Of everybody but this person. */
export async function forgetDaysOfOthers(userId: string): Promise<void> {
  const db = await openPacks();
  const keys = await db.getAllKeys(STORE);
  await Promise.all(keys.filter((key) => !key.startsWith(userId)).map((key) => db.delete(STORE, key)));
}

/** What was sent, as it was queued, until a pack that was asked for afterwards has come. */
export type SentLately = Pick<OutboxItem, 'id' | 'kind' | 'input' | 'parked'>;

const sentKey = (userId: string, id = '') => `${userId}.sent.${id}`;
const sentKeys = (userId: string) => IDBKeyRange.bound(sentKey(userId), sentKey(userId, '\uffff'));

/** What was put down on this page and may not be stored yet: a reader sees it at once. */
const underway = new Map<string, SentLately[]>();

export async function readSentLately(userId: string): Promise<SentLately[]> {
  const stored = await (await openPacks()).getAll(STORE, sentKeys(userId));
  const kept = (await Promise.all(stored.map((one) => openValue(userId, one)))) as SentLately[];
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...(underway.get(userId) ?? []).filter(({ id }) => !known.has(id))];
}

/** Seen by readers before it returns, and after a reload once it has resolved. */
export async function keepSentLately(userId: string, { id, kind, input }: OutboxItem): Promise<void> {
  const item = { id, kind, input, parked: null };
  underway.set(userId, [...(underway.get(userId) ?? []), item]);
  const sealed = await sealValue(userId, item);
  await (await openPacks()).put(STORE, sealed, sentKey(userId, id));
}

export async function forgetSentLately(userId: string, ids: ReadonlySet<string>): Promise<void> {
  underway.set(
    userId,
    (underway.get(userId) ?? []).filter(({ id }) => !ids.has(id)),
  );
  const db = await openPacks();
  await Promise.all([...ids].map((id) => db.delete(STORE, sentKey(userId, id))));
}
