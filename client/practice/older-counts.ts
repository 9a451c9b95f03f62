/** Where earlier builds kept what was counted, for whoever used the browser; now each has a store of their own. */
export const COUNTED_KEY = 'regrasp.counted';
/** Where they kept a sitting under way, in its tab alone. */
export const OLDER_RUN = 'regrasp.practice';

/** What may tell whose it is. */
type OlderCount = { lineageId: string; patientId: string | null };

// Read by hand: every page asks what others left here, and has no other use for the schemas of a program.
function countOf(stored: string | null): OlderCount | null {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    if (typeof value !== 'object' || value === null || !('lineageId' in value)) return null;
    const { lineageId, patientId = null } = value as { lineageId: unknown; patientId?: unknown };
    if (typeof lineageId !== 'string') return null;
    return { lineageId, patientId: typeof patientId === 'string' ? patientId : null };
  } catch {
    return null;
  }
}

/** Keys of what earlier builds counted. */
export function olderKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${COUNTED_KEY}.`));
  } catch {
    return [];
  }
}

/** All that earlier builds counted on this device and in this tab; null for what cannot be read. */
export function listOlder(): { key: string; counted: OlderCount | null }[] {
  try {
    const run = sessionStorage.getItem(OLDER_RUN);
    const counts = olderKeys().map((key) => ({ key, counted: countOf(localStorage.getItem(key)) }));
    return run === null ? counts : [...counts, { key: OLDER_RUN, counted: countOf(run) }];
  } catch {
    return [];
  }
}

export function forgetOlder(keys: readonly string[]): void {
  for (const key of keys) {
    try {
      (key === OLDER_RUN ? sessionStorage : localStorage).removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
