import type { RoomAccess } from './transport';

/** Access that is still good for so little is not begun with. */
const SPARE_MS = 20_000;
/** So long before its end it is asked for anew. */
const RENEW_BEFORE_MS = 60_000;
const AGAIN_MS = 15_000;

export type DoorGrant = RoomAccess & { goodForMs: number };

type DoorDependencies = {
  /** Null for whoever has to be let in first. */
  ask(): Promise<DoorGrant | null>;
  /** Makes ready what can be made ready before the press. */
  prepare(access: RoomAccess): void;
  /** Ms, by a clock that never goes back. */
  now(): number;
};

/** Access to the room of a visit that is held at its door, and renewed while the person stands there. */
export class DoorAccess {
  readonly #deps: DoorDependencies;
  #held: { access: RoomAccess; untilMs: number } | null = null;
  #standing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: DoorDependencies) {
    this.#deps = deps;
  }

  /** The person stands at the door; returns how to go from it. */
  stand(): () => void {
    this.#standing += 1;
    const turn = this.#standing;
    void this.#renew(turn);
    return () => {
      if (this.#standing === turn) this.#standing += 1;
      clearTimeout(this.#timer);
    };
  }

  /** What was held, once; null where there is nothing good. */
  take(): RoomAccess | null {
    const held = this.#held;
    this.#held = null;
    return held && this.#deps.now() < held.untilMs - SPARE_MS ? held.access : null;
  }

  async #renew(turn: number): Promise<void> {
    const askedAt = this.#deps.now();
    const granted = await this.#deps.ask().catch(() => null);
    if (turn !== this.#standing) return;
    if (granted) {
      const { goodForMs, ...access } = granted;
      this.#held = { access, untilMs: askedAt + goodForMs };
      this.#deps.prepare(access);
    }
    const waitMs = granted ? Math.max(AGAIN_MS, granted.goodForMs - RENEW_BEFORE_MS) : AGAIN_MS;
    this.#timer = setTimeout(() => void this.#renew(turn), waitMs);
  }
}
