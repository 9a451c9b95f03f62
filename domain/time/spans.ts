/** From one instant to another, epoch ms; `until` is the first that is not in it any more. */
export type Span = { from: number; until: number };

/** The same time in as few spans as it takes, in order; empty ones left out. */
export function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from >= span.until) continue;
    const before = found[found.length - 1];
    if (before && span.from <= before.until) before.until = Math.max(before.until, span.until);
    else found.push({ from: span.from, until: span.until });
  }
  return found;
}

/** What of some spans lies in none of others, in order. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const gaps = merged(taken);
  return merged(spans).flatMap((span) => {
    const left: Span[] = [];
    let { from } = span;
    for (const gap of gaps) {
      if (gap.until <= from) continue;
      if (gap.from >= span.until) break;
      if (gap.from > from) left.push({ from, until: gap.from });
      from = Math.max(from, gap.until);
    }
    if (from < span.until) left.push({ from, until: span.until });
    return left;
  });
}

/** What of some spans lies within one. */
export function clipped(spans: readonly Span[], { from, until }: Span): Span[] {
  return merged(spans.map((span) => ({ from: Math.max(span.from, from), until: Math.min(span.until, until) })));
}
