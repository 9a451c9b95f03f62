import type { ChartPoint } from './plot';

export type Scale = { readonly min: number; readonly max: number; readonly ticks: readonly number[] };

const STEPS = [1, 2, 5, 10] as const;
const INTERVALS_MAX = 4;
/** No measure has more decimals than are stored, three. */
const ONE_SIZE_BELOW = 1e-6;

/** A round step that covers a span in at most four intervals: 1, 2 or 5 times a power of ten. */
function stepOf(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / INTERVALS_MAX));
  return (STEPS.find((factor) => factor * power * INTERVALS_MAX >= span) ?? 10) * power;
}

/**
 * A scale from below the smallest to above the largest value, in round steps; `whole` is the measure's own full scale, where
 * it has one (pain 0 to 10). A single value, or many of one size, lie in the middle. No step is finer than `leastStep`: what is
 * not told apart must not look far apart.
 */
export function niceScale(
  values: readonly number[],
  whole: { min: number; max: number } | null = null,
  leastStep = 0,
): Scale {
  const [low, high] = whole
    ? [whole.min, whole.max]
    : values.length === 0
      ? [0, 1]
      : [Math.min(...values), Math.max(...values)];
  const isOneSize = high - low < ONE_SIZE_BELOW;
  const spread = Math.max(1, Math.abs(high) * 0.2);
  const [from, to] = isOneSize ? [low - spread / 2, high + spread / 2] : [low, high];
  const step = Math.max(leastStep, stepOf(to - from));
  // Whole multiples: adding up tenths drifts.
  const [first, last] = [Math.floor(from / step), Math.ceil(to / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { min: ticks[0] ?? from, max: ticks.at(-1) ?? to, ticks };
}

/** Where labels stand when none may lie nearer than `gap` to another, inside 0 to `height`: each as near as can be to its own place. */
export function spreadLabels(wanted: readonly number[], gap: number, height: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed: number[] = [];
  for (const { at } of order) placed.push(Math.max(at, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  // Pushed out at the bottom: move up from there.
  for (let index = placed.length - 1, limit = height; index >= 0; index -= 1, limit -= gap)
    placed[index] = Math.min(placed[index] ?? 0, limit);
  const out = new Array<number>(wanted.length).fill(0);
  order.forEach(({ index }, rank) => {
    out[index] = placed[rank] ?? 0;
  });
  return out;
}

/** First and last instant of all lines; a day around a single one, so that it has a place. */
export function spanOf(lines: readonly (readonly ChartPoint[])[]): { fromMs: number; untilMs: number } {
  const times = lines.flatMap((points) => points.map(({ atMs }) => atMs));
  const [from, until] = [Math.min(...times), Math.max(...times)];
  const DAY_MS = 86_400_000;
  return until - from >= DAY_MS ? { fromMs: from, untilMs: until } : { fromMs: from - DAY_MS, untilMs: until + DAY_MS };
}
