/** A benchmark's answer: what was measured, what it was measured against in the same run, and whether that is enough. */
export type Figures = { readonly within: boolean; readonly [name: string]: unknown };
export type Benchmark = () => Promise<Figures>;

const rounded = (value: number) => Math.round(value * 100) / 100;

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export type Spread = { n: number; medianMs: number; p95Ms: number };

export function spread(valuesMs: readonly number[]): Spread {
  const [median, p95] = [percentile(valuesMs, 0.5), percentile(valuesMs, 0.95)];
  return { n: valuesMs.length, medianMs: rounded(median), p95Ms: rounded(p95) };
}

/** How long this takes, again and again. */
export async function timed(times: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const values: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await work(n);
    values.push(performance.now() - startedAt);
  }
  return values;
}

/** What takes long says so, beside the one line of the answer. */
export function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
