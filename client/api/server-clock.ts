import { type ClockOffset, estimateClockOffset, PING_SAMPLES_KEPT, type PingSample } from '#domain/time/clock-offset';

const PINGS = 5;

/** The server's clock as this page estimates it: what both sides of a visit mean by an instant. */
export class ServerClock {
  readonly #ask: () => Promise<{ nowMs: number }>;
  readonly #now: () => number;
  #samples: PingSample[] = [];
  #offset: ClockOffset = { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY };

  constructor({ ask, now }: { ask: () => Promise<{ nowMs: number }>; now: () => number }) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Asks some times, one after the other; the quickest answer counts. An answer that does not come changes nothing. */
  async measure(): Promise<void> {
    for (let ping = 0; ping < PINGS; ping++) {
      const sentMs = this.#now();
      const answer = await this.#ask().catch(() => null);
      if (!answer) return;
      const sample = { sentMs, peerMs: answer.nowMs, receivedMs: this.#now() };
      this.#samples = [...this.#samples, sample].slice(-PING_SAMPLES_KEPT);
      this.#offset = estimateClockOffset(this.#samples) ?? this.#offset;
    }
  }

  /** Now, by the server's clock; by one's own until it answered. */
  now(): number {
    return Math.round(this.#now() + this.#offset.offsetMs);
  }

  offset(): ClockOffset {
    return this.#offset;
  }
}
