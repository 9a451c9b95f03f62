import simplify from 'simplify-js';
import { INK_SILENCE_MS, type InkMessage, inkExtends } from '#domain/annotation/ink';
import { type Anchor, POINTS_MAX, type Point } from '#domain/annotation/mark';
import type { Tool } from './drawing';

const STEP_MS = 33;
/** Of the picture's height; half a pixel at 480 lines. */
const TOLERANCE = 0.001;
/** A begin that was lost hides the whole mark, so it comes again with the first flushes and every so often. */
const BEGINS_REPEATED = 3;
const BEGIN_EVERY = 10;
/** After such a pause the peer may have removed the ink, so all of it comes again. */
const PAUSE_MS = INK_SILENCE_MS - 500;
/** Ink of a resting hand must not fall silent at the peer; sent twice in that time, against loss. */
const ALIVE_MS = INK_SILENCE_MS / 3;

type Begin = Extract<InkMessage, { type: 'begin' }>;
type Underway = { begin: Begin; sentCount: number; points: readonly Point[]; flushes: number };

/** Sends a mark while it is being made: the first point at once, then what is new about every 33 ms. */
export class InkSender {
  readonly #send: (message: InkMessage) => void;
  readonly #newId: () => string;
  readonly #now: () => number;
  #underway: Underway | null = null;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #alive: ReturnType<typeof setTimeout> | undefined;

  constructor({ send, newId, now }: { send: (message: InkMessage) => void; newId: () => string; now: () => number }) {
    this.#send = send;
    this.#newId = newId;
    this.#now = now;
  }

  preview(points: readonly Point[], { tool, anchor, aspect }: { tool: Tool; anchor: Anchor; aspect: number }): void {
    const [first] = points;
    if (!first) {
      this.#stop();
      return;
    }
    if (!this.#underway) {
      const begin: Begin = { type: 'begin', markId: this.#newId(), kind: tool, anchor, aspect, point: first };
      this.#underway = { begin, sentCount: 1, points, flushes: 0 };
      this.#send(begin);
      this.#sentAt = this.#now();
      this.#keepAlive();
    }
    // The last point of a two-ended mark moves, so it is sent again as long as it does.
    const moved = tool === 'pen' ? this.#underway.sentCount : Math.min(this.#underway.sentCount, 1);
    this.#underway = { ...this.#underway, sentCount: moved, points };
    this.#flushSoon();
  }

  finish(): string {
    const markId = this.#underway?.begin.markId ?? this.#newId();
    this.#stop();
    return markId;
  }

  #flushSoon(): void {
    const wait = this.#sentAt + STEP_MS - this.#now();
    if (wait <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const underway = this.#underway;
    if (!underway || underway.points.length <= underway.sentCount) return;
    const { begin, points, flushes } = underway;
    const paused = this.#now() - this.#sentAt >= PAUSE_MS;
    if (paused || flushes < BEGINS_REPEATED || flushes % BEGIN_EVERY === 0) this.#send(begin);
    for (const message of inkExtends(begin.markId, points, paused ? 1 : underway.sentCount)) this.#send(message);
    underway.sentCount = points.length;
    underway.flushes += 1;
    this.#sentAt = this.#now();
  }

  #keepAlive(): void {
    this.#alive = setTimeout(() => {
      if (!this.#underway) return;
      this.#send(this.#underway.begin);
      this.#keepAlive();
    }, ALIVE_MS);
  }

  #stop(): void {
    clearTimeout(this.#alive);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#underway = null;
  }
}

/** Fewer points for the same line, at most 512; the ends stay. Distances are measured in picture heights. */
export function simplifyPoints(points: readonly Point[], aspect: number): Point[] {
  const square = points.map(({ x, y }) => ({ x: x * aspect, y }));
  let tolerance = TOLERANCE;
  let kept = simplify(square, tolerance, true);
  while (kept.length > POINTS_MAX) {
    tolerance *= 2;
    kept = simplify(square, tolerance, true);
  }
  const line = kept.map(({ x, y }) => ({ x: x / aspect, y }));
  const [only] = line;
  return line.length === 1 && only ? [only, only] : line;
}
