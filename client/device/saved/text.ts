import { Observable } from '#client/api/observable';
import { type SaveOutcome, Saver } from './saver';

/** A text as the server has it, and how often it was changed there. */
export type Stored<T> = { value: T; revision: number };

export type SavedTextState<T> = {
  /** What stands here. */
  value: T;
  /** What another window has written since, where this one has changed it too: somebody chooses. */
  newer: Stored<T> | null;
};

export type TextAnswer = { outcome: 'saved'; revision: number } | Exclude<SaveOutcome, { outcome: 'saved' }>;

/** The server's word for a text that was written over another one than it has. */
export const ELSEWHERE = 'text_elsewhere';

type SavedTextOptions<T> = {
  stored: Stored<T>;
  save(value: T, revision: number): Promise<TextAnswer>;
  /** Keeps what is not saved on this device, with the revision that it was written over. */
  keep(kept: Stored<T> | null): void;
  isSame(a: T, b: T): boolean;
  /** The server has another text than this one was written over: it is to be read again, for `follow`. */
  onElsewhere(): void;
};

/**
 * One text that several windows may write. It follows what the server has until it is changed here; where both were changed
 * nothing is written over until somebody chooses.
 */
export class SavedText<T> {
  readonly #options: SavedTextOptions<T>;
  readonly #state: Observable<SavedTextState<T>>;
  readonly saver: Saver<T>;
  #known: Stored<T>;
  /** The server has said that there is another text: whatever comes next is it. */
  #isElsewhere = false;

  constructor(options: SavedTextOptions<T>) {
    this.#options = options;
    this.#known = options.stored;
    this.#state = new Observable<SavedTextState<T>>({ value: options.stored.value, newer: null });
    this.saver = new Saver<T>({
      save: (value) => this.#save(value),
      keep: (value) => options.keep(value === null ? null : { value, revision: this.#known.revision }),
    });
  }

  state = () => this.#state.snapshot();
  subscribe = (listener: () => void) => this.#state.subscribe(listener);

  /** What the server has, as far as this window knows. */
  known = () => this.#known;

  change(value: T): void {
    this.#state.set({ ...this.state(), value });
    this.saver.change(value);
  }

  /** Goes on with what an earlier page could not save. */
  restore({ value, revision }: Stored<T>): void {
    // What was typed here meanwhile is newer than both.
    if (this.saver.state().unsaved || this.#options.isSame(value, this.#known.value)) return;
    const server = this.#known;
    this.#known = { ...server, revision };
    this.change(value);
    if (revision !== server.revision) this.follow(server);
  }

  /** What the server has now. An older answer than one that is known is none. */
  follow(stored: Stored<T>): void {
    const { isSame } = this.#options;
    const isNews = this.#isElsewhere
      ? stored.revision !== this.#known.revision
      : stored.revision > this.#known.revision;
    if (!isNews) return;
    this.#isElsewhere = false;
    const { unsaved, isSaving } = this.saver.state();
    // One's own save may be read before its answer is here.
    if (!unsaved || isSame(stored.value, unsaved.value)) {
      this.#known = stored;
      if (unsaved) this.saver.settle();
      this.#state.set({ value: unsaved ? unsaved.value : stored.value, newer: null });
    } else if (!isSaving) this.#ask(stored);
    else void this.saver.idle().then(() => this.follow(stored));
  }

  /** What stands here takes the place of what the other window wrote. */
  keepMine(): void {
    const { newer, value } = this.state();
    if (!newer) return;
    this.#known = newer;
    this.#state.set({ value, newer: null });
    this.saver.pause(false);
    this.change(value);
    void this.saver.flush();
  }

  takeTheirs(): void {
    const { newer } = this.state();
    if (!newer) return;
    this.#known = newer;
    this.#state.set({ value: newer.value, newer: null });
    this.saver.settle();
    this.saver.pause(false);
  }

  #ask(newer: Stored<T>): void {
    if (this.state().newer?.revision === newer.revision) return;
    this.saver.pause(true);
    this.#state.set({ ...this.state(), newer });
  }

  async #save(value: T): Promise<SaveOutcome> {
    const answer = await this.#options.save(value, this.#known.revision);
    if (answer.outcome === 'saved') {
      this.#known = { value, revision: answer.revision };
      return { outcome: 'saved' };
    }
    if (answer.reason === ELSEWHERE) {
      this.#isElsewhere = true;
      this.#options.onElsewhere();
    }
    return answer;
  }
}
