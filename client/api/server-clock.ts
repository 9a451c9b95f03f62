import { type ClockOffset, estimateClockOffset, PING_SAMPLES_KEPT, type PingSample } from '#domain/time/clock-offset';

const PINGS = 5;

/** The server's clock as this page estimates it: the time base of both sides of a visit. */
export class ServerClock {
  readonly #ask: () => Promise<{ nowMs: number }>;
  readonly #now: () => number;
  #samples: PingSample[] = [];
  #offset: ClockOffset = { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY };

  constructor({ ask, now }: { ask: () => Promise<{ nowMs: number }>; now: () => number }) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Without an answer the estimate stays as it was. */
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
