type Instant = { readonly steadyMs: number; readonly wallMs: number };

/** `steady` never goes back and may stand still while a computer sleeps; `wall` goes on and may be set. */
type Clocks = { readonly steady: () => number; readonly wall: () => number };

/**
 * When a person last did something in this browser, in any of its tabs. Only spans are told, never times of day: the
 * browser's clock and the server's need not agree.
 */
export class LastUse {
  readonly #clocks: Clocks;
  #at: Instant;
  #isSaid = true;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#at = this.#now();
  }

  #now(): Instant {
    return { steadyMs: this.#clocks.steady(), wallMs: this.#clocks.wall() };
  }

  /** Somebody did something, here or in another tab; of another tab's, that tab tells the server. */
  note(where: 'here' | 'elsewhere'): void {
    this.#at = this.#now();
    if (where === 'here') this.#isSaid = false;
  }

  /** Milliseconds since: the longer of what both clocks say, so that a sleep counts. */
  agoMs(): number {
    const now = this.#now();
    return Math.max(0, now.steadyMs - this.#at.steadyMs, now.wallMs - this.#at.wallMs);
  }

  /** As `agoMs`, once for each use; null where all of it was said. */
  takeUnsaid(): number | null {
    if (this.#isSaid) return null;
    this.#isSaid = true;
    return Math.round(this.agoMs());
  }

  /** What was taken did not arrive. */
  unsay(): void {
    this.#isSaid = false;
  }

  /** What the server knows of it: it is right. */
  adopt(agoMs: number): void {
    const { steadyMs, wallMs } = this.#now();
    this.#at = { steadyMs: steadyMs - agoMs, wallMs: wallMs - agoMs };
  }
}
