/** Which lanes rest and which were cut off, by a clock that never goes back. */
export class Rests {
  /** Until when a lane rests. */
  readonly #untilMs = new Map<string, number>();
  #cutOff: string[] = [];

  /** Lanes whose last write was cut off, the longest ago first. */
  get cutOff(): readonly string[] {
    return this.#cutOff;
  }

  now(): ReadonlySet<string> {
    const nowMs = performance.now();
    for (const [lane, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(lane);
    return new Set(this.#untilMs.keys());
  }

  rest(lane: string, forMs: number): void {
    this.#untilMs.set(lane, performance.now() + forMs);
  }

  /** `isCutOff`: its write did not get through, and nobody answered. */
  tried(lane: string, isCutOff: boolean): void {
    this.#cutOff = this.#cutOff.filter((other) => other !== lane);
    if (isCutOff) this.#cutOff.push(lane);
  }

  wakeAll(): void {
    this.#untilMs.clear();
  }

  /** The line is another one: what it cut off says nothing of this one. */
  forget(): void {
    this.wakeAll();
    this.#cutOff = [];
  }

  /** In how many milliseconds the first lane has rested; null where none rests. */
  firstIn(): number | null {
    const first = Math.min(...this.#untilMs.values());
    return Number.isFinite(first) ? Math.max(0, first - performance.now()) : null;
  }
}
