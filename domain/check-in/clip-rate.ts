/** Rates that cameras film at and that are kept, in frames per second, ascending. */
const KEPT_RATES = [24, 25, 30, 48, 50, 60] as const;
const RATE_MAX = 60;
/** Slower or unevenly filmed clips stand on this grid: none of their frames falls out, and none moves by more than half a step. */
const RATE_OF_SLOW = 30;
const SLOW_BELOW = 23;
/** Clocks and roundings of containers differ by less from what was meant (23.976, 29.97, 59.94; times in whole ms). */
const SLACK = 0.03;
const STRETCH_SECONDS = 1;

/**
 * How fast a clip was filmed, in frames per second: the fastest stretch of at least a second of its frames' times (in
 * seconds, in any order). Pauses and slow parts of a variable rate do not count. Null for fewer than two frames.
 */
export function filmedRate(times: readonly number[]): number | null {
  const at = [...new Set(times)].sort((a, b) => a - b);
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  let rate = 0;
  let to = 0;
  for (const [from, start] of at.entries()) {
    while (to < at.length && (at[to] ?? 0) - start < STRETCH_SECONDS) to += 1;
    const end = at[to];
    if (end === undefined) break;
    rate = Math.max(rate, (to - from) / (end - start));
  }
  return rate || (at.length - 1) / (last - first);
}

type Kept = {
  framesPerSecond: number;
  /** Filmed faster than is kept. */
  dropped: boolean;
};

/** The constant rate that a clip is kept at: what was filmed, up to 60. Null = not known. */
export function keptRate(filmed: number | null): Kept {
  if (filmed === null || filmed < SLOW_BELOW) return { framesPerSecond: RATE_OF_SLOW, dropped: false };
  const framesPerSecond = KEPT_RATES.find((rate) => rate >= filmed * (1 - SLACK)) ?? RATE_MAX;
  return { framesPerSecond, dropped: filmed > RATE_MAX * (1 + SLACK) };
}

/** Every how many frames of a clip its copy for weak lines shows one: at most 30 a second, on frames of the clip itself. */
export function lightEvery(framesPerSecond: number): number {
  return framesPerSecond > RATE_OF_SLOW ? 2 : 1;
}

/** A picture that stands still for longer than this, in seconds, is said. */
export const HELD_SECONDS = 0.5;
const GAP_SECONDS = 1;
/** A time-lapse is no pause: its frames are all far apart. */
const GAP_OF_USUAL = 5;

/** Does the time line have a hole in it, as where the phone paused? Times in seconds, in any order. */
export function hasGap(times: readonly number[]): boolean {
  const at = [...times].sort((a, b) => a - b);
  const steps = at.slice(1).map((time, n) => time - (at[n] ?? time));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  return steps.some((step) => step > Math.max(GAP_SECONDS, GAP_OF_USUAL * usual));
}
