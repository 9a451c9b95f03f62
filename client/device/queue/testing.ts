import 'fake-indexeddb/auto';
import type { Delivery, OutboxParts, Sender } from '../outbox';

/** One browser, as far as the queue uses it: its tabs share locks and channels, and each may have a clock of its own. */
export class FakeBrowser {
  readonly #held = new Map<string, Promise<unknown>>();
  readonly #channels = new Map<string, Set<FakeChannel>>();
  readonly #online = new Set<() => void>();
  nowMs = 1_800_000_000_000;
  /** How many held one lock at the same time, at most. */
  together = 0;
  #inside = 0;

  goOnline(): void {
    for (const listener of this.#online) listener();
  }

  parts(): OutboxParts {
    return {
      locks: { request: this.#request as LockManager['request'] },
      channel: (name) => {
        const all = this.#channels.get(name) ?? new Set();
        this.#channels.set(name, all);
        return new FakeChannel(all);
      },
      onOnline: (listener) => {
        this.#online.add(listener);
        return () => void this.#online.delete(listener);
      },
      now: () => this.nowMs,
    };
  }

  #request = async (name: string, _options: LockOptions, act: () => Promise<unknown>): Promise<unknown> => {
    const before = this.#held.get(name) ?? Promise.resolve();
    const run = async () => {
      this.#inside += 1;
      this.together = Math.max(this.together, this.#inside);
      try {
        return await act();
      } finally {
        this.#inside -= 1;
      }
    };
    const turn = before.then(run, run);
    this.#held.set(
      name,
      turn.catch(() => undefined),
    );
    return await turn;
  };
}

class FakeChannel {
  onmessage: BroadcastChannel['onmessage'] = null;
  readonly #all: Set<FakeChannel>;

  constructor(all: Set<FakeChannel>) {
    this.#all = all;
    all.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of this.#all)
      if (other !== this) other.onmessage?.call(other as never, { data: structuredClone(data) } as MessageEvent);
  }

  close(): void {
    this.#all.delete(this);
  }
}

type Sent = Parameters<Sender>[0];

/** A server that takes all it is sent but what `answer` says otherwise of. */
export function fakeServer(
  answer: (item: Sent) => Delivery | undefined | Promise<Delivery | undefined> = () => undefined,
) {
  const got: Sent[] = [];
  const asked: Sent[] = [];
  const sender: Sender = async (item) => {
    asked.push(item);
    const delivery = (await answer(item)) ?? { outcome: 'sent' };
    if (delivery.outcome === 'sent') got.push(item);
    return delivery;
  };
  return { sender, got, asked, ids: () => got.map(({ id }) => id) };
}

type Method = 'put' | 'get' | 'getAll' | 'index';
const whole = new Map<Method, unknown>();

/** Makes a method of the browser's stores throw until they are mended. */
export function breakStore(method: Method, error: () => Error): void {
  if (!whole.has(method)) whole.set(method, IDBObjectStore.prototype[method]);
  IDBObjectStore.prototype[method] = () => {
    throw error();
  };
}

export function mendStores(): void {
  for (const [method, before] of whole) IDBObjectStore.prototype[method] = before as never;
  whole.clear();
}

export const isFull = () => new DOMException('no room', 'QuotaExceededError');
export const isClosing = () => new DOMException('closing', 'InvalidStateError');
