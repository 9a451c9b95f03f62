/** By code unit, the same in every locale and on every device: for ties that two sides must break alike. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One for the product, and not the reader's: pages of a list go on where the last one ended, whoever asks. */
const collator = new Intl.Collator('en');

/** By name as people look for it: "de Vries" before "Zoë", "Özil" beside O, on every engine alike. 0 for equal texts only. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || compareText(a, b);
}

/** The first `limit` of them in order, without putting the others in order: one walk over all. */
export function firstOf<T>(items: readonly T[], limit: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = [];
  for (const item of items) {
    const last = first.at(-1);
    if (first.length >= limit && (last === undefined || compare(item, last) >= 0)) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = first[middle];
      if (there !== undefined && compare(there, item) <= 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, item);
    if (first.length > limit) first.pop();
  }
  return first;
}
