import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream';

/** Locks of one browser, as far as they are used: a line per name, and taking it away from whoever has it. */
class Locks {
  holder: { reject(error: Error): void } | null = null;
  readonly waiting: { give(): void }[] = [];

  request(_name: string, { signal, steal }: { signal?: AbortSignal; steal?: boolean }, hold: () => Promise<void>) {
    return new Promise<void>((resolve, reject) => {
      const give = () => {
        const holder = { reject };
        this.holder = holder;
        void hold().then(() => {
          resolve();
          if (this.holder !== holder) return;
          this.holder = null;
          this.waiting.shift()?.give();
        });
      };
      const taken = new Error('taken');
      if (steal) {
        this.holder?.reject(taken);
        give();
      } else if (this.holder) {
        const entry = { give };
        this.waiting.push(entry);
        signal?.addEventListener('abort', () => {
          const at = this.waiting.indexOf(entry);
          if (at >= 0) this.waiting.splice(at, 1);
          reject(taken);
        });
      } else give();
    });
  }
}

class Channel {
  onmessage: ((message: MessageEvent) => void) | null = null;
  constructor(readonly all: Set<Channel>) {
    all.add(this);
  }
  postMessage(data: unknown) {
    for (const other of this.all)
      if (other !== this) other.onmessage?.({ data: structuredClone(data) } as MessageEvent);
  }
  close() {
    this.all.delete(this);
  }
}

class Source extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  say(name: string, data?: unknown) {
    this.dispatchEvent(Object.assign(new Event(name), { data: JSON.stringify(data) }));
  }
}

const CONNECTED = { topic: 'patient', id: 'connected', patientId: null, queries: null };
const QUEUE = { topic: 'queue', id: 'one', patientId: null, queries: ['reviews.queue'] };

function browser({ withLocks = true } = {}) {
  const locks = new Locks();
  const channels = new Set<Channel>();
  const sources: Source[] = [];
  const state = { isSignedOut: false };
  const online = new Set<() => void>();
  return {
    state,
    sources,
    open: () => sources.filter((source) => !source.closed),
    lineIsBack() {
      for (const listener of online) listener();
    },
    tab(isVisible = true) {
      const said: string[] = [];
      const tab = { said, isVisible, isFrozen: false };
      const follower = {
        up: () => void said.push('up'),
        down: () => void said.push('down'),
        event: ({ topic, id }: { topic: string; id: string }) => void said.push(`${topic} ${id}`),
      };
      const stream = new EventStream('ana', follower, {
        locks: (withLocks ? locks : undefined) as LockManager | undefined,
        channel: () => new Channel(channels) as unknown as BroadcastChannel,
        source() {
          const source = new Source();
          sources.push(source);
          return source as unknown as EventSource;
        },
        isVisible: () => tab.isVisible,
        onLine(listener) {
          online.add(listener);
          return () => online.delete(listener);
        },
        isSignedOut: () => state.isSignedOut,
      });
      return Object.assign(tab, { end: () => stream.end() });
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('events of the server', () => {
  it('come by one stream for any number of tabs, to each of them', async () => {
    const { tab, sources } = browser();
    const tabs = Array.from({ length: 8 }, () => tab());
    expect(sources).toHaveLength(1);
    sources[0]?.say('message', CONNECTED);
    sources[0]?.say('message', QUEUE);
    for (const { said } of tabs) expect(said).toEqual(['up', 'queue one']);
    for (let n = 0; n < 6; n++) {
      await pass(15_000);
      sources[0]?.say('ping');
    }
    expect(sources).toHaveLength(1);
    for (const one of tabs) one.end();
    await pass(0);
    expect(sources.every(({ closed }) => closed)).toBe(true);
  });

  it('are asked for at once when the line is back, by one tab, and not where a stream runs', async () => {
    const { tab, sources, lineIsBack } = browser();
    const [first, second] = [tab(), tab()];
    lineIsBack();
    expect(sources).toHaveLength(2);
    sources[1]?.say('message', CONNECTED);
    lineIsBack();
    expect(sources).toHaveLength(2);
    sources[1]?.say('error');
    expect(first.said).toEqual(['up', 'down']);
    lineIsBack();
    expect(sources).toHaveLength(3);
    for (const one of [first, second]) one.end();
    lineIsBack();
    expect(sources).toHaveLength(3);
  });

  it('are read by a tab that comes later, which reads everything once', async () => {
    const { tab, sources } = browser();
    const first = tab();
    sources[0]?.say('message', CONNECTED);
    const second = tab();
    expect(second.said).toEqual(['up']);
    expect(first.said).toEqual(['up']);
    sources[0]?.say('message', QUEUE);
    expect([first.said, second.said]).toEqual([
      ['up', 'queue one'],
      ['up', 'queue one'],
    ]);
  });

  it('go on when the tab that has the stream is closed: everything is read again', async () => {
    const { tab, sources, open } = browser();
    const [first, second, third] = [tab(), tab(), tab()];
    sources[0]?.say('message', CONNECTED);
    first.end();
    await pass(0);
    expect(open()).toHaveLength(1);
    sources[1]?.say('message', CONNECTED);
    sources[1]?.say('message', QUEUE);
    for (const { said } of [second, third]) expect(said).toEqual(['up', 'up', 'queue one']);
    expect(first.said).toEqual(['up']);
  });

  it('go on where that tab only falls silent: a tab that is looked at takes the stream, and the other gives it up', async () => {
    const { tab, sources, open } = browser();
    const first = tab();
    sources[0]?.say('message', CONNECTED);
    const second = tab();
    second.isVisible = false;
    // A frozen tab says nothing; its timers stand still.
    const postMessage = vi.spyOn(Channel.prototype, 'postMessage').mockImplementation(() => undefined);
    await pass(20_000);
    expect(second.said).toEqual(['up', 'down']);
    expect(sources).toHaveLength(1);
    second.isVisible = true;
    await pass(5000);
    postMessage.mockRestore();
    await pass(0);
    expect(sources).toHaveLength(2);
    expect(open()).toHaveLength(1);
    sources[1]?.say('message', CONNECTED);
    sources[1]?.say('message', QUEUE);
    expect(second.said).toEqual(['up', 'down', 'up', 'queue one']);
    expect(first.said.slice(-1)).toEqual(['queue one']);
  });

  it('that stop are told as lost, and the stream is asked for again, by one tab alone', async () => {
    const { tab, sources, open } = browser();
    const [first, second] = [tab(), tab()];
    sources[0]?.say('message', CONNECTED);
    sources[0]?.say('error');
    for (const { said } of [first, second]) expect(said).toEqual(['up', 'down']);
    await pass(20_000);
    expect(open()).toHaveLength(1);
    sources.at(-1)?.say('error');
    await pass(60_000);
    expect(open()).toHaveLength(1);
    expect(sources.length).toBeLessThan(8);
    sources.at(-1)?.say('message', CONNECTED);
    for (const { said } of [first, second]) expect(said.at(-1)).toBe('up');
  });

  it('that fall silent without an end are lost too', async () => {
    const { tab, sources } = browser();
    const one = tab();
    sources[0]?.say('message', CONNECTED);
    for (let n = 0; n < 4; n++) {
      await pass(15_000);
      sources[0]?.say('ping');
    }
    expect(one.said).toEqual(['up']);
    await pass(50_000);
    expect(one.said).toEqual(['up', 'down']);
    expect(sources[0]?.closed).toBe(true);
  });

  it('begin again at once when the server ends a stream after its time', async () => {
    const { tab, sources, open } = browser();
    tab();
    sources[0]?.say('message', CONNECTED);
    sources[0]?.say('return');
    await pass(5000);
    expect(sources).toHaveLength(2);
    expect(open()).toHaveLength(1);
  });

  it('are not asked for while nobody is signed in', async () => {
    const { tab, sources, state } = browser();
    tab();
    sources[0]?.say('message', CONNECTED);
    state.isSignedOut = true;
    sources[0]?.say('serialized-error', {});
    await pass(60_000);
    expect(sources).toHaveLength(1);
    state.isSignedOut = false;
    await pass(20_000);
    expect(sources).toHaveLength(2);
  });

  it('come to each tab by itself where the browser has no locks', () => {
    const { tab, sources } = browser({ withLocks: false });
    const [first, second] = [tab(), tab()];
    expect(sources).toHaveLength(2);
    sources[0]?.say('message', CONNECTED);
    sources[0]?.say('message', QUEUE);
    expect(first.said).toEqual(['up', 'queue one']);
    expect(second.said).toEqual([]);
  });
});
