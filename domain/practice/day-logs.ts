import { MINUTE_MS } from '#domain/time/duration';
import type { PackLog } from './day-pack';

/** A log of this device that its pack may not know, and the one that it took the place of. */
export type LogHere = PackLog & { supersedesId: string | null };

/**
 * The logs that count, by the pack and by this device: none that another took the place of, none that was removed. A
 * correction answers the planned sitting that its log answered.
 */
export function dayLogs(
  pack: readonly PackLog[],
  here: { logs: readonly LogHere[]; removed: readonly string[] },
): PackLog[] {
  const known = new Map<string, PackLog>([...here.logs, ...pack].map((log) => [log.id, log]));
  const gone = new Set([...here.removed, ...here.logs.map(({ supersedesId }) => supersedesId)]);
  const before = new Map(here.logs.map(({ id, supersedesId }) => [id, supersedesId]));
  function slotOf({ id, slot }: PackLog): number | null {
    let found = slot;
    for (let at = before.get(id); found === null && at; at = before.get(at)) found = known.get(at)?.slot ?? null;
    return found;
  }
  return [...known.values()].filter(({ id }) => !gone.has(id)).map((log) => ({ ...log, slot: slotOf(log) }));
}

/** As near as this, two logs of one exercise may be one practice logged twice: a default of this project. */
const SAME_MS = 15 * MINUTE_MS;

/** The log of the same exercise within minutes of an instant, the nearest; null where a second one asks nothing. */
export function loggedLately<L extends Pick<PackLog, 'lineageId' | 'state' | 'performedAt'>>(
  logs: readonly L[],
  { lineageId, atMs }: { lineageId: string; atMs: number },
): L | null {
  const awayMs = ({ performedAt }: L) => Math.abs(performedAt - atMs);
  const near = logs.filter((log) => log.lineageId === lineageId && log.state !== 'skipped' && awayMs(log) <= SAME_MS);
  return near.sort((a, b) => awayMs(a) - awayMs(b))[0] ?? null;
}
