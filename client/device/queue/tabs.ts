import type { Channel } from '#client/api/channel';
import type { OutboxItem } from './rows';

type Told = { told: 'changed' } | { told: 'sent' | 'parked'; item: OutboxItem };
type Listener = (item: OutboxItem) => void;

/** What the tabs of one account tell each other of its queue: one of them sends, all of them show. */
export class Tabs {
  readonly #channel: Channel;
  readonly #listeners = { sent: new Set<Listener>(), parked: new Set<Listener>() };
  #isClosed = false;

  constructor(channel: Channel, onChanged: () => void) {
    this.#channel = channel;
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.told === 'changed') onChanged();
      else for (const listener of this.#listeners[data.told]) listener(data.item);
    };
  }

  on(what: 'sent' | 'parked', listener: Listener): () => void {
    this.#listeners[what].add(listener);
    return () => this.#listeners[what].delete(listener);
  }

  /** Here and elsewhere. */
  tell(told: 'sent' | 'parked', item: OutboxItem): void {
    this.#post({ told, item });
    for (const listener of this.#listeners[told]) listener(item);
  }

  changed(): void {
    this.#post({ told: 'changed' });
  }

  close(): void {
    this.#isClosed = true;
    this.#channel.close();
  }

  #post(told: Told): void {
    if (!this.#isClosed) this.#channel.postMessage(told);
  }
}
