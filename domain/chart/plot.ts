export type ChartPoint = { readonly atMs: number; readonly value: number | null };

/** Scales a value to pixels from the bottom of a box of `height`; `max` lies at the top. */
export function scaleY(value: number, max: number, height: number): number {
  return max <= 0 ? height : height - (Math.min(Math.max(value, 0), max) / max) * height;
}

/** Path segments of a line that breaks where the value is unknown: unknown is not zero. */
export function linePaths(
  points: readonly ChartPoint[],
  { width, height, max }: { width: number; height: number; max: number },
): string[] {
  const first = points[0]?.atMs ?? 0;
  const span = Math.max(1, (points.at(-1)?.atMs ?? 0) - first);
  const paths: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) paths.push(open.length === 1 ? `${open[0]} h0.01` : open.join(' '));
    open = [];
  };
  for (const { atMs, value } of points) {
    if (value === null) {
      close();
      continue;
    }
    const x = ((atMs - first) / span) * width;
    open.push(`${open.length === 0 ? 'M' : 'L'}${x.toFixed(1)} ${scaleY(value, max, height).toFixed(1)}`);
  }
  close();
  return paths;
}

/** A round number at or above the largest value: 1, 2 or 5 times a power of ten. 1 where nothing is known. */
export function niceMax(values: readonly (number | null)[]): number {
  const largest = Math.max(0, ...values.filter((value) => value !== null));
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= largest) ?? 10;
  return step * power;
}
