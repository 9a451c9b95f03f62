/**
 * While it runs nothing is read that can wait, since that would hold up what a person waits for. It ends by itself, so that
 * nothing waits for ever.
 */
export class QuietTime {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Set<() => void>();

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /** Quiet from now on, for at most so many ms. */
  begin(longestMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), longestMs);
  }

  /** Quiet for so many ms more; nothing where it is over. */
  endIn(ms: number): void {
    if (this.isOn) this.begin(ms);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /** Resolves when it is over; at once where it is not on. */
  over(): Promise<void> {
    if (!this.isOn) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }
}

/** Of this page. */
export const quietTime = new QuietTime();
