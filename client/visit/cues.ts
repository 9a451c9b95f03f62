import { Observable } from '#client/api/observable';
import type { ServerClock } from '#client/api/server-clock';
import type { AuthorRole } from '#domain/annotation/operation';
import { HOUR_MS } from '#domain/time/duration';
import { decodeControl, encodeControl, mayControl } from '#domain/visit/control';
import { type Cue, type CuePattern, cueEndMs, LEAD_IN_MS, START_AHEAD_MS } from '#domain/visit/cue';
import type { VisitTransport } from './transport';

/** A cue that starts further away than this, before or after, is of no visit that is open now. */
const NEAR_MS = HOUR_MS;
/** Time for the announcement to arrive before the count-in begins. */
const TRAVEL_MS = 400;

export type CueSave =
  | { kind: 'cue_start'; id: string; input: { cue: Cue } }
  | { kind: 'cue_stop'; id: string; input: { cueId: string; stoppedAtMs: number } };

type CueDependencies = {
  clock: Pick<ServerClock, 'now'>;
  roleOf(participantId: string): AuthorRole | undefined;
  save(write: CueSave): void;
  newId(): string;
};

/** The one count that runs in a visit, the same on both sides, times by the server's clock. */
export class VisitCues {
  readonly #deps: CueDependencies;
  readonly #state = new Observable<Cue | null>(null);
  /** Cues that this page started: it stores their stops too, whoever stopped them. */
  readonly #own = new Set<string>();
  readonly #stored = new Set<string>();
  #transport: VisitTransport | null = null;
  #unlisten: () => void = () => undefined;

  constructor(deps: CueDependencies) {
    this.#deps = deps;
  }

  /** The latest cue, running, stopped or run out; null before the first. */
  snapshot = this.#state.snapshot;
  subscribe = this.#state.subscribe;

  connect(transport: VisitTransport | null): void {
    this.#unlisten();
    this.#transport = transport;
    this.#unlisten =
      transport?.onMessage(({ channel, participantId, bytes }) => {
        if (channel === 'control') this.#receive(participantId, bytes);
      }) ?? (() => undefined);
  }

  /** Counts in and begins; what ran before is stopped. */
  start(pattern: CuePattern, lineageId: string | null): void {
    this.stop();
    const startsAtMs = this.#deps.clock.now() + Math.max(LEAD_IN_MS, START_AHEAD_MS) + TRAVEL_MS;
    const cue: Cue = { cueId: this.#deps.newId(), pattern, startsAtMs, stoppedAtMs: null, lineageId };
    this.#own.add(cue.cueId);
    this.#take(cue);
    this.#deps.save({ kind: 'cue_start', id: cue.cueId, input: { cue } });
    this.#tell(cue);
  }

  again(): void {
    const last = this.snapshot();
    if (last) this.start(last.pattern, last.lineageId);
  }

  stop(): void {
    const running = this.snapshot();
    if (!running || !isRunning(running, this.#deps.clock.now())) return;
    const cue = { ...running, stoppedAtMs: this.#deps.clock.now() };
    this.#take(cue);
    this.#tell(cue);
    this.#saveStop(cue);
  }

  /** What is stored: after a reload, and for messages that were lost. */
  restore(recorded: readonly Cue[]): void {
    for (const cue of recorded) {
      this.#stored.add(cue.cueId);
      this.#take(cue);
    }
  }

  #receive(participantId: string, bytes: Uint8Array): void {
    const role = this.#deps.roleOf(participantId);
    const message = decodeControl(bytes);
    if (message?.kind !== 'cue' || !role || !mayControl(role, message)) return;
    const { cue } = message;
    if (Math.abs(cue.startsAtMs - this.#deps.clock.now()) > NEAR_MS) return;
    const before = this.snapshot();
    this.#take(cue);
    const stopped = this.snapshot();
    if (stopped && stopped !== before) this.#saveStop(stopped);
  }

  /** The later start wins, then the greater id; of one cue the earlier stop. The same on every side, in any order. */
  #take(cue: Cue): void {
    const held = this.snapshot();
    if (held?.cueId === cue.cueId) {
      const stops = [held.stoppedAtMs, cue.stoppedAtMs].filter((stop) => stop !== null);
      const stoppedAtMs = stops.length > 0 ? Math.min(...stops) : null;
      if (stoppedAtMs !== held.stoppedAtMs) this.#state.set({ ...held, stoppedAtMs });
      return;
    }
    if (!held || begins(cue) > begins(held)) this.#state.set(cue);
  }

  #saveStop({ cueId, stoppedAtMs }: Cue): void {
    // The stop of a cue that the server does not know yet is stored by the side that started it.
    if (stoppedAtMs === null || !(this.#own.has(cueId) || this.#stored.has(cueId))) return;
    this.#deps.save({ kind: 'cue_stop', id: this.#deps.newId(), input: { cueId, stoppedAtMs } });
  }

  #tell(cue: Cue): void {
    this.#transport?.sendControl(encodeControl({ v: 1, kind: 'cue', cue })).catch(() => undefined);
  }
}

/** Orders cues by start, then by id, as text: epoch milliseconds have the same number of digits for 250 years. */
function begins({ startsAtMs, cueId }: Cue): string {
  return `${startsAtMs} ${cueId}`;
}

export function isRunning(cue: Cue | null, nowMs: number): boolean {
  return cue !== null && cue.stoppedAtMs === null && nowMs < cueEndMs(cue);
}
