import type { DBSchema, IDBPTransaction } from 'idb';
import { askToPersist } from '../saved/persist';
import { openValue, type Sealed, sealValue } from '../seal';
import { deviceStore } from '../store';
import { placeOf, versionOf } from './kinds';

/**
 * A write as it lies in the store. `n` is the device's own counter: it alone says what came before what, since a clock may
 * be set. What was written is sealed; the rest says nothing of a record.
 */
export type Row = {
  n: number;
  id: string;
  userId: string;
  kind: string;
  /** In which version of its kind. */
  v: number;
  lane: string;
  urgent: boolean;
  makes: readonly string[];
  sealed: Sealed;
  /** By the device's clock: to be told, never to decide by. */
  createdAt: number;
  /** How often the server answered and did not take it. */
  tries: number;
  /** Why it is not sent by itself any more; null = it waits for its turn. */
  parked: string | null;
  /** Its owner wants to hear of it no more for now: it is tried again when a page is opened. */
  aside: boolean;
};

export type NewRow = Omit<Row, 'n'>;

/** What the house sees of it. */
export type OutboxItem = Omit<Row, 'sealed' | 'makes' | 'lane' | 'v' | 'n'> & { input: unknown };

export function itemOf(row: Omit<OutboxItem, 'input'>, input: unknown): OutboxItem {
  const { id, userId, kind, urgent, createdAt, tries, parked, aside } = row;
  return { id, userId, kind, urgent, createdAt, tries, parked, aside, input };
}

/** What the page alone has, as rows: behind what the store has of the same lane. */
export type PageRow = OutboxItem & Pick<Row, 'n' | 'lane'>;

export function pageRowsOf(items: readonly OutboxItem[]): PageRow[] {
  return items.map((item, at) => {
    const { lane } = placeOf(item.kind, item.input);
    return { ...item, lane, n: Number.MAX_SAFE_INTEGER - items.length + at };
  });
}

interface Store extends DBSchema {
  writes: { key: number; value: Row; indexes: { id: string; user: [string, number] } };
}

const store = deviceStore<Store>('regrasp-writes', (db) => {
  const writes = db.createObjectStore('writes', { keyPath: 'n', autoIncrement: true });
  writes.createIndex('id', 'id', { unique: true });
  writes.createIndex('user', ['userId', 'n']);
});

type Before = { id: string; userId: string; kind: string; input: unknown; createdAt: number; parked: string | null };

interface StoreBefore extends DBSchema {
  outbox: { key: string; value: Before; indexes: { order: [string, number, string] } };
}

/** The queue of builds that ordered it by the clock. A page of such a build may still be open and write to it. */
const storeBefore = deviceStore<StoreBefore>('regrasp-outbox', (db) => {
  db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('order', ['userId', 'createdAt', 'id']);
});

type Writing = IDBPTransaction<Store, ['writes'], 'readwrite'>;

async function write<T>(act: (writes: Writing['store']) => Promise<T>): Promise<T> {
  const transaction = (await store()).transaction('writes', 'readwrite', { durability: 'strict' });
  const [done] = await Promise.all([act(transaction.store), transaction.done]);
  return done;
}

/** All of one account, in the order in which they were made. */
export async function rowsOf(userId: string): Promise<Row[]> {
  return (await store()).getAllFromIndex('writes', 'user', IDBKeyRange.bound([userId, 0], [userId, []]));
}

/** Of whom anything is in the queue, and how much. */
export async function countedByOwner(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { userId } of await (await store()).getAll('writes')) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return counts;
}

/** What is put in the queue, without its place in it. */
export async function newRow(userId: string, kind: string, id: string, input: unknown, nowMs: number): Promise<NewRow> {
  const { lane, urgent, makes } = placeOf(kind, input);
  const sealed = await sealValue(userId, input);
  const v = versionOf(kind);
  return { id, userId, kind, v, lane, urgent, makes, sealed, createdAt: nowMs, tries: 0, parked: null, aside: false };
}

/** Durable before it resolves. The same id again takes the place of the first; what it follows is in its lane. */
export async function putRow(row: NewRow, follows: readonly string[]): Promise<void> {
  askToPersist();
  await write(async (writes) => {
    const known = await writes.index('id').get(row.id);
    const range = IDBKeyRange.bound([row.userId, 0], [row.userId, []]);
    const waiting = follows.length > 0 ? await writes.index('user').getAll(range) : [];
    const leader = waiting.find(({ id, makes }) => id !== row.id && makes.some((made) => follows.includes(made)));
    const placed = { ...row, lane: leader?.lane ?? row.lane };
    await writes.put((known ? { ...placed, n: known.n } : placed) as Row);
  });
}

/** Nothing where it has gone meanwhile. */
export async function changeRow(id: string, change: Partial<Pick<Row, 'tries' | 'parked' | 'aside'>>): Promise<void> {
  await write(async (writes) => {
    const row = await writes.index('id').get(id);
    if (row) await writes.put({ ...row, ...change });
  });
}

export async function deleteRow(id: string): Promise<void> {
  await write(async (writes) => {
    const key = await writes.index('id').getKey(id);
    if (key !== undefined) await writes.delete(key);
  });
}

export async function deleteRowsOf(userId: string): Promise<void> {
  await write(async (writes) => {
    const keys = await writes.index('user').getAllKeys(IDBKeyRange.bound([userId, 0], [userId, []]));
    await Promise.all(keys.map((key) => writes.delete(key)));
  });
}

export async function inputOf({ userId, sealed }: Pick<Row, 'userId' | 'sealed'>): Promise<unknown> {
  return await openValue(userId, sealed);
}

/** Takes over what an earlier build queued, in the only order that it knew. */
export async function takeOver(userId: string): Promise<void> {
  const db = await storeBefore();
  const left = await db.getAllFromIndex('outbox', 'order', IDBKeyRange.bound([userId], [userId, []]));
  for (const { id, kind, input, createdAt, parked } of left) {
    const row = await newRow(userId, kind, id, input, createdAt);
    await putRow({ ...row, v: 1, parked }, placeOf(kind, input).follows);
    await db.delete('outbox', id);
  }
}
