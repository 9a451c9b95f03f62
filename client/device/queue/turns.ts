import type { Row } from './rows';

type Waiting = Pick<Row, 'n' | 'id' | 'lane' | 'urgent' | 'parked' | 'aside'>;

/**
 * What goes next: of each lane that does not rest the first that waits, lanes with something urgent before all others, and
 * among them the one whose turn came first. By the device's counter and never by its clock. Lanes of `cutOff` come after
 * all others, in its order.
 */
export function nextOf<R extends Waiting>(
  rows: readonly R[],
  resting: ReadonlySet<string>,
  cutOff: readonly string[] = [],
): R | null {
  const waiting = rows.filter((row) => row.parked === null && !row.aside && !resting.has(row.lane));
  const urgent = new Set(waiting.filter((row) => row.urgent).map((row) => row.lane));
  const rank = ({ lane }: R) => (urgent.has(lane) ? 0 : 1);
  const after = ({ lane }: R) => cutOff.indexOf(lane);
  waiting.sort((a, b) => after(a) - after(b) || rank(a) - rank(b) || a.n - b.n);
  return waiting[0] ?? null;
}

/** How long a lane rests after each answer that was no verdict. After the last one its first write is parked. */
const REST_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000];
export const TRIES_MAX = REST_MS.length + 1;

/** Without a line nothing is counted, and it is tried for ever. */
const UNREACHED_MS = [1000, 2000, 5000, 10_000, 30_000];

const nth = (list: readonly number[], at: number) => list[Math.min(at, list.length - 1)] ?? 0;

export const restAfter = (tries: number) => nth(REST_MS, tries - 1);
export const waitAfter = (failures: number) => nth(UNREACHED_MS, failures);
