import type { OutboxItem } from '#client/device/outbox';
import { deviceStore } from '#client/device/store';

const STORE = 'packs';

const openPacks = deviceStore('regrasp-day', (db) => {
  db.createObjectStore(STORE);
});

export async function readDay(userId: string): Promise<unknown> {
  return await (await openPacks()).get(STORE, userId);
}

export async function keepDay(userId: string, pack: unknown): Promise<void> {
  await (await openPacks()).put(STORE, pack, userId);
}

/** Names, doses and logs leave the device with the login; what waits to be sent stays in its own store. */
export async function forgetDays(): Promise<void> {
  underway.clear();
  await (await openPacks()).clear(STORE);
}

/** What was sent, as it was queued, until a pack that was asked for afterwards has come. */
export type SentLately = Pick<OutboxItem, 'id' | 'kind' | 'input' | 'parked'>;

const sentKey = (userId: string) => `${userId}.sent`;

/** What was put down on this page and may not be stored yet: a reader sees it at once. */
const underway = new Map<string, SentLately[]>();

export async function readSentLately(userId: string): Promise<SentLately[]> {
  const stored: unknown = await (await openPacks()).get(STORE, sentKey(userId));
  const kept = Array.isArray(stored) ? (stored as SentLately[]) : [];
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...(underway.get(userId) ?? []).filter(({ id }) => !known.has(id))];
}

async function changeSent(userId: string, change: (sent: SentLately[]) => SentLately[]): Promise<void> {
  const { store, done } = (await openPacks()).transaction(STORE, 'readwrite');
  const stored: unknown = await store.get(sentKey(userId));
  const sent = change(Array.isArray(stored) ? (stored as SentLately[]) : []);
  await Promise.all([sent.length > 0 ? store.put(sent, sentKey(userId)) : store.delete(sentKey(userId)), done]);
}

/** Seen by readers before it returns, and after a reload once it has resolved. */
export async function keepSentLately(userId: string, { id, kind, input }: OutboxItem): Promise<void> {
  const item = { id, kind, input, parked: null };
  underway.set(userId, [...(underway.get(userId) ?? []), item]);
  await changeSent(userId, (sent) => [...sent.filter((one) => one.id !== id), item]);
}

export async function forgetSentLately(userId: string, ids: ReadonlySet<string>): Promise<void> {
  underway.set(
    userId,
    (underway.get(userId) ?? []).filter(({ id }) => !ids.has(id)),
  );
  await changeSent(userId, (sent) => sent.filter(({ id }) => !ids.has(id)));
}
