import type { Channel } from '#client/api/channel';
import { type Delivery, NotKept, type Sender } from './queue/delivery';
import { placeOf, upgraded } from './queue/kinds';
import { Rests } from './queue/rests';
import {
  changeRow,
  deleteRow,
  inputOf,
  itemOf,
  newRow,
  type OutboxItem,
  type PageRow,
  pageRowsOf,
  putRow,
  type Row,
  rowsOf,
  takeOver,
} from './queue/rows';
import { Tabs } from './queue/tabs';
import { nextOf, restAfter, TRIES_MAX, waitAfter } from './queue/turns';

export type { Delivery, Sender } from './queue/delivery';
export type { OutboxItem } from './queue/rows';

/** `isRead` = the device's store was asked; before that nobody knows what waits. */
export type OutboxState = {
  isRead: boolean;
  waiting: number;
  parked: number;
  /** Why nothing at all gets through; null where something may. */
  stalled: string | null;
  /** Ids of what was tried and is still here, and of what was parked. */
  held: ReadonlySet<string>;
  /** How much is kept by this page alone, since the device could not. */
  onPageOnly: number;
};

export { NotKept } from './queue/delivery';

/** Why a write is parked after its last try. The server has said no word about it. */
export const NOT_SENT = 'not_sent';

export type Outbox = {
  /**
   * Stores durably before it resolves; sending starts at once and goes on until the server has answered. What the device
   * cannot keep is sent directly; where that fails too it rejects with `NotKept`, and is tried again while the page is open.
   * `inForm`: what was typed stays where it is and can be saved again, so only what is urgent is tried again by itself.
   */
  add(kind: string, id: string, input: unknown, options?: { inForm?: boolean }): Promise<void>;
  list(): Promise<OutboxItem[]>;
  discard(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  /** Asked about no more until a page is opened anew; then it is tried again. */
  setAside(id: string): Promise<void>;
  state(): OutboxState;
  subscribe(listener: () => void): () => void;
  onSent(listener: (item: OutboxItem) => void): () => void;
  onParked(listener: (item: OutboxItem) => void): () => void;
  flush(): Promise<void>;
  close(): void;
};

/** What of the browser is used; a test gives its own. */
export type OutboxParts = {
  locks: Pick<LockManager, 'request'> | undefined;
  channel(name: string): Channel;
  /** Calls when the line is back; returns how to stop. */
  onOnline(listener: () => void): () => void;
  now(): number;
};

type OutboxOptions = { userId: string; sender: Sender; parts: OutboxParts };

/** The queue of one account's writes on this device. Other accounts' items are kept, never shown and never sent. */
export function createOutbox(options: OutboxOptions): Outbox {
  return new DeviceOutbox(options);
}

class DeviceOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #name: string;
  readonly #tabs: Tabs;
  readonly #stopOnline: () => void;
  readonly #changed = new Set<() => void>();
  readonly #closing = new AbortController();
  /** What the device could not keep. */
  #unkept: OutboxItem[] = [];
  #state: OutboxState = { isRead: false, waiting: 0, parked: 0, stalled: null, held: new Set(), onPageOnly: 0 };
  #turn: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** What is on its way into the store. */
  #adding = 0;
  readonly #rests = new Rests();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#name = `regrasp.outbox.${options.userId}`;
    this.#tabs = new Tabs(options.parts.channel(this.#name), () => this.#show(this.#state.stalled));
    this.#stopOnline = options.parts.onOnline(() => {
      this.#rests.forget();
      void this.flush();
    });
    void this.#begin();
  }

  state = (): OutboxState => this.#state;

  subscribe(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  onSent(listener: (item: OutboxItem) => void): () => void {
    return this.#tabs.on('sent', listener);
  }

  onParked(listener: (item: OutboxItem) => void): () => void {
    return this.#tabs.on('parked', listener);
  }

  async list(): Promise<OutboxItem[]> {
    const rows = await rowsOf(this.#options.userId);
    const stored = await Promise.all(rows.map(async (row) => itemOf(row, await this.#inputOf(row))));
    return [...stored, ...this.#unkept];
  }

  async add(kind: string, id: string, input: unknown, { inForm = false } = {}): Promise<void> {
    const { userId, parts } = this.#options;
    // Counted from the press: until it is stored nobody may read that everything is sent.
    this.#countAdding(1);
    const row = await newRow(userId, kind, id, input, parts.now());
    try {
      await putRow(row, placeOf(kind, input).follows);
    } catch {
      this.#countAdding(-1);
      return await this.#sendUnkept(itemOf(row, input), row.urgent || !inForm);
    }
    this.#adding -= 1;
    await this.#refresh(this.#state.stalled).catch(() => undefined);
    this.#tabs.changed();
    void this.flush();
  }

  #countAdding(change: 1 | -1): void {
    this.#adding += change;
    this.#state = { ...this.#state, waiting: this.#state.waiting + change };
    for (const listener of this.#changed) listener();
  }

  async discard(id: string): Promise<void> {
    this.#keepOnPage(this.#unkept.filter((item) => item.id !== id));
    await this.#change(() => deleteRow(id));
  }

  async retry(id: string): Promise<void> {
    this.#rests.wakeAll();
    await this.#change(() => changeRow(id, { parked: null, tries: 0, aside: false }));
    await this.flush();
  }

  async setAside(id: string): Promise<void> {
    await this.#change(() => changeRow(id, { aside: true }));
  }

  /** One turn at a time; what is asked for during a turn is another one after it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#turn) {
      this.#again = true;
      return this.#turn;
    }
    this.#turn = this.#turns().finally(() => {
      this.#turn = null;
    });
    return this.#turn;
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#timer);
    this.#stopOnline();
    this.#tabs.close();
  }

  /** What was laid aside or given up is tried once more with each page that is opened. */
  async #begin(): Promise<void> {
    try {
      await takeOver(this.#options.userId);
      const rows = await rowsOf(this.#options.userId);
      for (const { id, parked, aside } of rows) {
        if (aside) await changeRow(id, { aside: false, parked: null, tries: 0 });
        else if (parked === NOT_SENT) await changeRow(id, { parked: null, tries: TRIES_MAX - 1 });
      }
      await this.#refresh(null);
    } catch {
      // A store that cannot be read yet is asked again by the turn.
    }
    await this.flush();
  }

  async #turns(): Promise<void> {
    const { locks } = this.#options.parts;
    const { signal } = this.#closing;
    do {
      this.#again = false;
      try {
        // Of the tabs of a browser one sends: two would race for each answer, and count each failure twice.
        if (locks) await locks.request(this.#name, { signal }, () => this.#sendAll());
        else await this.#sendAll();
      } catch {
        // The browser closed its database, or has none: the next turn opens it again.
        if (!signal.aborted) this.#comeBack(waitAfter(this.#failures++));
        return;
      }
    } while (this.#again && !signal.aborted);
  }

  async #sendAll(): Promise<void> {
    let waitMs: number | null = null;
    for (;;) {
      // Where one was just cut off, a lane tells that was not, or not for the longest: else two lanes that are always cut
      // off would keep their turns for ever. What begins a turn is what is urgent.
      const row = nextOf(await this.#waiting(), this.#rests.now(), waitMs === null ? [] : this.#rests.cutOff);
      if (!row || this.#closing.signal.aborted) return this.#wakeLater();
      const delivery = await this.#deliver(row);
      if (!delivery) {
        // A page of a newer build queued it, and sends it.
        this.#rests.rest(row.lane, restAfter(TRIES_MAX));
        continue;
      }
      this.#rests.tried(row.lane, delivery.outcome === 'later');
      if (delivery.outcome !== 'later') {
        waitMs = null;
        this.#failures = 0;
        if ('sealed' in row) await this.#settle(row, delivery);
        else this.#settleOnPage(row, delivery);
        continue;
      }
      // One write may be cut off while the line is there: the next lane tells.
      const isSecond = waitMs !== null;
      waitMs ??= waitAfter(this.#failures++);
      this.#rests.rest(row.lane, waitMs);
      this.#show(delivery.reason);
      if (isSecond) return this.#comeBack(waitMs);
    }
  }

  /** What the page alone has goes also where the store cannot be read. */
  async #waiting(): Promise<(Row | PageRow)[]> {
    const onPage = pageRowsOf(this.#unkept);
    try {
      return [...(await rowsOf(this.#options.userId)), ...onPage];
    } catch (problem) {
      if (!nextOf(onPage, this.#rests.now())) throw problem;
      return onPage;
    }
  }

  /** Null where a newer build queued it. */
  async #deliver(row: Row | PageRow): Promise<Delivery | null> {
    const { id, kind } = row;
    if (!('sealed' in row)) return await this.#options.sender({ id, kind, input: row.input });
    const now = upgraded(kind, row.v, await this.#inputOf(row));
    return now && (await this.#options.sender({ id, kind, input: now.input }));
  }

  async #settle(row: Row, delivery: Exclude<Delivery, { outcome: 'later' }>): Promise<void> {
    const input = await this.#inputOf(row);
    if (delivery.outcome === 'sent') {
      // Before it leaves the queue: who shows it must not lose sight of it in between.
      this.#tabs.tell('sent', itemOf(row, input));
      await deleteRow(row.id);
    } else {
      const tries = row.tries + 1;
      const isOver = delivery.outcome === 'refused' || tries >= TRIES_MAX;
      const parked = isOver ? (delivery.outcome === 'refused' ? delivery.reason : NOT_SENT) : null;
      await changeRow(row.id, { tries, parked });
      if (parked !== null) this.#tabs.tell('parked', itemOf({ ...row, tries, parked }, input));
      else this.#rests.rest(row.lane, restAfter(tries));
    }
    await this.#refresh(null);
    this.#tabs.changed();
  }

  /** Sent from memory, without the queue. */
  async #sendUnkept(item: OutboxItem, stays: boolean): Promise<void> {
    const { outcome } = await this.#options.sender(item);
    if (outcome === 'sent') return this.#tabs.tell('sent', item);
    const onPage = stays && outcome !== 'refused';
    if (onPage) {
      this.#keepOnPage([...this.#unkept.filter(({ id }) => id !== item.id), item]);
      this.#comeBack(waitAfter(this.#failures++));
    }
    throw new NotKept(onPage);
  }

  #keepOnPage(items: OutboxItem[]): void {
    this.#unkept = items;
    this.#state = { ...this.#state, onPageOnly: items.length };
    for (const listener of this.#changed) listener();
  }

  #settleOnPage(row: PageRow, { outcome }: Exclude<Delivery, { outcome: 'later' }>): void {
    const item = this.#unkept.find(({ id }) => id === row.id);
    if (!item) return;
    const others = this.#unkept.filter(({ id }) => id !== row.id);
    if (outcome !== 'failed') this.#keepOnPage(others);
    else {
      this.#keepOnPage([...others, { ...item, tries: item.tries + 1 }]);
      this.#rests.rest(row.lane, restAfter(item.tries + 1));
    }
    if (outcome === 'sent') this.#tabs.tell('sent', item);
  }

  async #change(act: () => Promise<void>): Promise<void> {
    await act();
    await this.#refresh(this.#state.stalled);
    this.#tabs.changed();
  }

  /** A piece that cannot be opened any more is sent as nothing: the server refuses it, and it is shown. */
  async #inputOf(row: Row): Promise<unknown> {
    return await inputOf(row).catch(() => null);
  }

  /** Nothing can go now: the lane that has rested first wakes the queue. */
  #wakeLater(): void {
    const firstMs = this.#rests.firstIn();
    if (firstMs !== null) this.#comeBack(firstMs);
  }

  #comeBack(waitMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#closing.signal.aborted) this.#timer = setTimeout(() => void this.flush(), waitMs);
  }

  async #refresh(stalled: string | null): Promise<void> {
    const rows = await rowsOf(this.#options.userId);
    const parked = rows.filter((row) => row.parked !== null && !row.aside).length;
    const held = new Set(rows.filter((row) => row.tries > 0 || row.parked !== null).map((row) => row.id));
    const onPageOnly = this.#unkept.length;
    this.#state = { isRead: true, waiting: rows.length - parked + this.#adding, parked, stalled, held, onPageOnly };
    for (const listener of this.#changed) listener();
  }

  /** A store that cannot be read just now is read again by the next turn. */
  #show(stalled: string | null): void {
    this.#refresh(stalled).catch(() => undefined);
  }
}
