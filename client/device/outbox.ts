import type { DBSchema } from 'idb';
import { deviceStore } from './store';

export type OutboxItem = {
  id: string;
  userId: string;
  kind: string;
  input: unknown;
  createdAt: number;
  tries: number;
  /** Why the server refused it for good. Null = waiting to be sent. */
  parked: string | null;
};

interface Store extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { order: [string, number, string] } };
}

export type Delivery =
  | { outcome: 'sent'; answer: unknown }
  | { outcome: 'later'; reason: string }
  | { outcome: 'refused'; reason: string };

export type Sender = (item: OutboxItem) => Promise<Delivery>;

/** `isRead` = the device's store was asked; before that nobody knows what waits. */
export type OutboxState = { isRead: boolean; waiting: number; parked: number; stalled: string | null };

export type Outbox = {
  /** Stores durably before it resolves; sending starts at once and goes on until the server has answered. */
  add(kind: string, id: string, input: unknown): Promise<void>;
  list(): Promise<OutboxItem[]>;
  discard(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  state(): OutboxState;
  subscribe(listener: () => void): () => void;
  onSent(listener: (item: OutboxItem, answer: unknown) => void): () => void;
  flush(): Promise<void>;
  close(): void;
};

const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000];

const store = deviceStore<Store>('regrasp-outbox', (db) => {
  db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('order', ['userId', 'createdAt', 'id']);
});

/** The queue of one account's writes on this device. Other accounts' items are kept, never shown and never sent. */
export function createOutbox(options: OutboxOptions): Outbox {
  return new DeviceOutbox(options);
}

type OutboxOptions = { userId: string; sender: Sender; now: () => number };

class DeviceOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #changed = new Set<() => void>();
  readonly #sent = new Set<(item: OutboxItem, answer: unknown) => void>();
  readonly #online = () => void this.flush();
  #state: OutboxState = { isRead: false, waiting: 0, parked: 0, stalled: null };
  #turn: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    window.addEventListener('online', this.#online);
    this.#refresh(null).then(this.#online, () => undefined);
  }

  state = (): OutboxState => this.#state;

  subscribe(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  onSent(listener: (item: OutboxItem, answer: unknown) => void): () => void {
    this.#sent.add(listener);
    return () => this.#sent.delete(listener);
  }

  async list(): Promise<OutboxItem[]> {
    const { userId } = this.#options;
    return (await store()).getAllFromIndex('outbox', 'order', IDBKeyRange.bound([userId], [userId, []]));
  }

  async add(kind: string, id: string, input: unknown): Promise<void> {
    const { userId, now } = this.#options;
    await this.#put({ id, userId, kind, input, createdAt: now(), tries: 0, parked: null });
    await this.#refresh(this.#state.stalled);
    // A flush under way may have read the queue already.
    void (this.#turn ?? Promise.resolve()).then(this.#online);
  }

  async discard(id: string): Promise<void> {
    await (await store()).delete('outbox', id);
    await this.#refresh(this.#state.stalled);
  }

  async retry(id: string): Promise<void> {
    const item = await (await store()).get('outbox', id);
    if (item?.userId === this.#options.userId) await this.#put({ ...item, parked: null });
    await this.#refresh(this.#state.stalled);
    await this.flush();
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#turn ??= this.#sendAll().finally(() => {
      this.#turn = null;
    });
    return this.#turn;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#online);
  }

  async #sendAll(): Promise<void> {
    for (let item = await this.#next(); item && !this.#closed; item = await this.#next()) {
      const delivery = await this.#options.sender(item);
      if (delivery.outcome === 'later') return this.#waitForLater(item, delivery.reason);
      this.#failures = 0;
      // Before it leaves the queue: who shows it must not lose sight of it in between.
      if (delivery.outcome === 'sent') for (const listener of this.#sent) listener(item, delivery.answer);
      if (delivery.outcome === 'refused') await this.#put({ ...item, tries: item.tries + 1, parked: delivery.reason });
      else await (await store()).delete('outbox', item.id);
      await this.#refresh(null);
    }
  }

  async #next(): Promise<OutboxItem | undefined> {
    return (await this.list()).find((item) => item.parked === null);
  }

  async #waitForLater(item: OutboxItem, reason: string): Promise<void> {
    await this.#put({ ...item, tries: item.tries + 1 });
    await this.#refresh(reason);
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    if (!this.#closed) this.#timer = setTimeout(this.#online, wait);
  }

  async #put(item: OutboxItem): Promise<void> {
    const transaction = (await store()).transaction('outbox', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(item), transaction.done]);
  }

  async #refresh(stalled: string | null): Promise<void> {
    const items = await this.list();
    const parked = items.filter((item) => item.parked !== null).length;
    this.#state = { isRead: true, waiting: items.length - parked, parked, stalled };
    for (const listener of this.#changed) listener();
  }
}
