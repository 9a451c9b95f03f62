import type { ToldEvent } from '#domain/input/live-event';
import { type Channel, openChannel } from './channel';

const ADDRESS = '/api/trpc/live.events';
/** The server says every 15 seconds that it is there. */
const SILENT_MS = 40_000;
/** The tab that has the stream says so this often; who hears nothing for three times as long looks for itself. */
const ALIVE_MS = 5000;
const RETRY_MS = 15_000;

type Told = { told: 'up' | 'down' | 'who' } | { told: 'alive'; isUp: boolean } | { told: 'event'; event: ToldEvent };

/** What a tab does about events: `up` = a stream began, so that anything may have been missed; `down` = none runs. */
export type Follower = { up(): void; event(event: ToldEvent): void; down(): void };

/** What of the browser is used; a test gives its own. */
export type BrowserParts = {
  locks: LockManager | undefined;
  channel(name: string): Channel;
  source(address: string): EventSource;
  isVisible(): boolean;
  /** The line is back, as the browser says it. */
  onLine(listener: () => void): () => void;
  /** No stream is asked for while the login has ended. */
  isSignedOut(): boolean;
};

/**
 * Events of the server by one stream per browser, since a browser opens six connections to an origin over HTTP/1.1: the
 * tab that has the lock opens it and passes on what it hears. Where that tab ends, the next one has the lock; where it
 * only falls silent, as a phone's tab in the background does, a tab that is looked at takes it.
 */
export class EventStream {
  readonly #parts: BrowserParts;
  readonly #follower: Follower;
  readonly #channel: Channel;
  readonly #lock: string;
  readonly #ending = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #deafen: () => void;
  #source: EventSource | null = null;
  #isLeader = false;
  #isUp = false;
  #heardMs = 0;
  #triedMs = Number.NEGATIVE_INFINITY;

  constructor(account: string, follower: Follower, parts: BrowserParts) {
    this.#parts = parts;
    this.#follower = follower;
    this.#lock = `regrasp.events.${account}`;
    this.#channel = parts.channel(this.#lock);
    this.#channel.onmessage = ({ data }: MessageEvent<Told>) => this.#hear(data);
    this.#heardMs = performance.now();
    this.#timer = setInterval(() => this.#look(), ALIVE_MS);
    this.#deafen = parts.onLine(() => {
      if (this.#isLeader && !this.#isUp) this.#open();
    });
    this.#lead(false);
    this.#say({ told: 'who' });
  }

  end(): void {
    this.#ending.abort();
    clearInterval(this.#timer);
    this.#deafen();
    this.#follow();
    this.#channel.close();
  }

  /** Waits for the lock, or takes it, and has the stream until it is taken away or the tab ends. */
  #lead(steal: boolean): void {
    const { locks } = this.#parts;
    const { signal } = this.#ending;
    const hold = () => {
      this.#isLeader = true;
      this.#open();
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    if (!locks) void hold();
    else
      locks.request(this.#lock, steal ? { steal } : { signal }, hold).catch(() => {
        if (signal.aborted) return;
        // Another tab has taken it: this one hears from there, and stands in line again.
        if (this.#isLeader) {
          this.#follow();
          this.#lead(false);
        }
      });
  }

  #follow(): void {
    this.#isLeader = false;
    this.#isUp = false;
    this.#source?.close();
    this.#source = null;
  }

  #open(): void {
    this.#source?.close();
    this.#triedMs = performance.now();
    if (this.#parts.isSignedOut()) return;
    const source = this.#parts.source(ADDRESS);
    this.#source = source;
    const heard = () => {
      this.#heardMs = performance.now();
    };
    source.addEventListener('ping', heard);
    source.addEventListener('connected', heard);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      heard();
      const event = JSON.parse(data) as ToldEvent;
      this.#tell(event.queries ? { told: 'event', event } : { told: 'up' });
    });
    // It was refused, cut off, or has ended after its half hour.
    for (const name of ['error', 'serialized-error', 'return'])
      source.addEventListener(name, () => {
        source.close();
        if (name === 'return') this.#triedMs = Number.NEGATIVE_INFINITY;
        if (this.#source === source) this.#tell({ told: 'down' });
      });
  }

  #look(): void {
    const silentMs = performance.now() - this.#heardMs;
    if (this.#isLeader) {
      if (this.#isUp && silentMs > SILENT_MS) {
        this.#source?.close();
        this.#tell({ told: 'down' });
      }
      this.#say({ told: 'alive', isUp: this.#isUp });
      if (!this.#isUp && performance.now() - this.#triedMs >= RETRY_MS) this.#open();
    } else if (silentMs > 3 * ALIVE_MS) {
      if (this.#isUp) this.#hear({ told: 'down' }, true);
      if (this.#parts.isVisible()) this.#lead(true);
    }
  }

  #say(told: Told): void {
    this.#channel.postMessage(told);
  }

  #tell(told: Told): void {
    this.#say(told);
    this.#hear(told, true);
  }

  #hear(message: Told, isOwn = false): void {
    if (message.told === 'who') {
      if (this.#isLeader) this.#say({ told: 'alive', isUp: this.#isUp });
      return;
    }
    // Of two that both think they have the stream, each listens to its own.
    if (this.#isLeader && !isOwn) return;
    if (!isOwn) this.#heardMs = performance.now();
    if (message.told === 'event') {
      this.#follower.event(message.event);
      return;
    }
    const isUp = message.told === 'up' || (message.told === 'alive' && message.isUp);
    if (message.told === 'alive' && isUp === this.#isUp) return;
    this.#isUp = isUp;
    if (isUp) this.#follower.up();
    else this.#follower.down();
  }
}

/** The same in a browser; without locks each tab has a stream of its own. */
export function followEvents(account: string, follower: Follower, isSignedOut: () => boolean): () => void {
  const stream = new EventStream(account, follower, {
    locks: navigator.locks,
    channel: openChannel,
    source: (address) => new EventSource(address),
    isVisible: () => document.visibilityState === 'visible',
    onLine(listener) {
      window.addEventListener('online', listener);
      return () => window.removeEventListener('online', listener);
    },
    isSignedOut,
  });
  return () => stream.end();
}
