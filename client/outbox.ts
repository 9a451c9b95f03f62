import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

export type OutboxItem = {
  id: string;
  userId: string;
  kind: string;
  input: unknown;
  createdAt: number;
  tries: number;
  /** Why the server refused it for good; the item stays and is shown. Null = waiting to be sent. */
  parked: string | null;
};

interface Store extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { order: [string, number, string] } };
}

/** What a sender found: sent, try later (server away, signed out), or refused for good with a reason. */
export type Delivery = { outcome: 'sent'; answer: unknown } | { outcome: 'later'; reason: string } | { outcome: 'refused'; reason: string };

export type Sender = (item: OutboxItem) => Promise<Delivery>;

export type OutboxState = { waiting: number; parked: number; stalled: string | null };

export type Outbox = {
  /** Stores durably before it resolves; sending starts at once and goes on until the server has answered. */
  add(kind: string, id: string, input: unknown): Promise<void>;
  list(): Promise<OutboxItem[]>;
  /** Takes a refused item away, by the person's own decision. */
  discard(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  state(): OutboxState;
  subscribe(listener: () => void): () => void;
  onSent(listener: (item: OutboxItem, answer: unknown) => void): () => void;
  flush(): Promise<void>;
  close(): void;
};

const NAME = 'regrasp-outbox';
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000];

function openStore(): Promise<IDBPDatabase<Store>> {
  return openDB<Store>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('order', ['userId', 'createdAt', 'id']);
    },
  });
}

/** The queue of one account's writes on this device. Other accounts' items are kept, never shown and never sent. */
export function createOutbox({ userId, sender, now }: { userId: string; sender: Sender; now: () => number }): Outbox {
  const store = openStore();
  const changed = new Set<() => void>();
  const sent = new Set<(item: OutboxItem, answer: unknown) => void>();
  let state: OutboxState = { waiting: 0, parked: 0, stalled: null };
  let turn: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  const mine = async () => (await store).getAllFromIndex('outbox', 'order', IDBKeyRange.bound([userId], [userId, []]));
  async function refresh(stalled = state.stalled) {
    const items = await mine();
    state = { waiting: items.filter((item) => item.parked === null).length, parked: items.filter((item) => item.parked !== null).length, stalled };
    for (const listener of changed) listener();
  }
  async function put(item: OutboxItem) {
    const transaction = (await store).transaction('outbox', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(item), transaction.done]);
  }

  async function sendAll(): Promise<void> {
    for (let item = await nextWaiting(); item && !closed; item = await nextWaiting()) {
      const delivery = await sender(item);
      if (delivery.outcome === 'later') {
        await put({ ...item, tries: item.tries + 1 });
        await refresh(delivery.reason);
        failures += 1;
        schedule(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 1000);
        return;
      }
      failures = 0;
      if (delivery.outcome === 'refused') await put({ ...item, tries: item.tries + 1, parked: delivery.reason });
      else await (await store).delete('outbox', item.id);
      await refresh(null);
      if (delivery.outcome === 'sent') for (const listener of sent) listener(item, delivery.answer);
    }
  }
  const nextWaiting = async () => (await mine()).find((item) => item.parked === null);
  function flush(): Promise<void> {
    clearTimeout(timer);
    turn ??= sendAll().finally(() => {
      turn = null;
    });
    return turn;
  }
  function schedule(ms: number) {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void flush(), ms);
  }
  const online = () => void flush();
  window.addEventListener('online', online);
  refresh().then(flush, () => undefined);

  const listen = <T>(set: Set<T>) => (listener: T) => {
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  };
  return {
    async add(kind, id, input) {
      await put({ id, userId, kind, input, createdAt: now(), tries: 0, parked: null });
      await refresh();
      // A turn under way may have read the queue already; the next one follows it.
      void (turn ?? Promise.resolve()).then(flush);
    },
    list: mine,
    async discard(id) {
      await (await store).delete('outbox', id);
      await refresh();
    },
    async retry(id) {
      const item = await (await store).get('outbox', id);
      if (item?.userId === userId) await put({ ...item, parked: null });
      await refresh();
      await flush();
    },
    state: () => state,
    subscribe: listen(changed),
    onSent: listen(sent),
    flush,
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener('online', online);
    },
  };
}
