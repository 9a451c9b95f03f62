import { Observable } from '#client/api/observable';

/** Long enough not to send each letter, short enough to lose no sentence. */
const AFTER_MS = 800;
/** Between tries that failed for want of a line, a login or a working server. */
const AGAIN_MS = [1000, 2000, 5000, 10_000, 30_000];

/** `waits`: it will be tried again; `refused`: not until somebody changes it or decides. */
export type SaveOutcome = { outcome: 'saved' } | { outcome: 'waits' | 'refused'; reason: string };

export type SaverState<T> = {
  /** What is not saved yet; null = the server has all of it. */
  unsaved: { value: T } | null;
  isSaving: boolean;
  /** Something was saved since the page began. */
  hasSaved: boolean;
  /** Why the last try did not save it, as a key of `failure.*`. */
  problem: string | null;
  /** It is tried no more by itself. */
  isRefused: boolean;
};

type SaverOptions<T> = {
  save(value: T): Promise<SaveOutcome>;
  /** Keeps what is not saved on this device; null = there is nothing to keep any more. */
  keep(value: T | null): void;
};

/**
 * Saves what is written, a moment after the last change, one save at a time, and tries again until the server said that it
 * has it: also after the page around it is gone from the screen. Nothing counts as saved before.
 */
export class Saver<T> {
  readonly #options: SaverOptions<T>;
  readonly #state = new Observable<SaverState<T>>({
    unsaved: null,
    isSaving: false,
    hasSaved: false,
    problem: null,
    isRefused: false,
  });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<void> | null = null;
  #failures = 0;
  #isPaused = false;

  constructor(options: SaverOptions<T>) {
    this.#options = options;
  }

  state = this.#state.snapshot;
  subscribe = this.#state.subscribe;

  change(value: T): void {
    this.#failures = 0;
    this.#update({ unsaved: { value }, isRefused: false });
    this.#options.keep(value);
    this.#later(AFTER_MS);
  }

  /** What stands there is what the server has, by another way or by somebody's decision. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#update({ unsaved: null, problem: null, isRefused: false });
    this.#options.keep(null);
  }

  /** Nothing is sent while somebody must decide first. */
  pause(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) clearTimeout(this.#timer);
    else if (this.state().unsaved) this.#later(0);
  }

  /** Resolves when what is being sent has had its answer. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  /** Sends at once what is not saved; resolves when that has had its answer, whatever it is. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#turn) await this.#turn;
    const { unsaved, isRefused } = this.state();
    if (!unsaved || isRefused || this.#isPaused) return;
    this.#turn ??= this.#send(unsaved).finally(() => {
      this.#turn = null;
    });
    await this.#turn;
  }

  async #send(sent: { value: T }): Promise<void> {
    this.#update({ isSaving: true });
    const answer = await this.#options.save(sent.value);
    const isLast = this.state().unsaved === sent;
    if (answer.outcome === 'saved') {
      this.#failures = 0;
      this.#update({ isSaving: false, hasSaved: true, problem: null, isRefused: false });
      const { unsaved } = this.state();
      if (isLast) this.settle();
      else if (unsaved) {
        this.#options.keep(unsaved.value);
        this.#later(AFTER_MS);
      }
      return;
    }
    const isRefused = answer.outcome === 'refused' && isLast;
    this.#update({ isSaving: false, problem: answer.reason, isRefused });
    if (!isRefused && this.state().unsaved) this.#later(AGAIN_MS[Math.min(this.#failures++, AGAIN_MS.length - 1)] ?? 0);
  }

  #later(waitMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#isPaused) this.#timer = setTimeout(() => void this.flush(), waitMs);
  }

  #update(change: Partial<SaverState<T>>): void {
    this.#state.set({ ...this.state(), ...change });
  }
}
