import { DAY_MS, HOUR_MS, MINUTE_MS } from './duration';

type Waited = { unit: 'minute' | 'hour' | 'day'; count: number };

/** How long somebody has waited, in the largest whole unit that still tells two waits apart; a clock ahead counts as 0. */
export function waited(sinceMs: number, nowMs: number): Waited {
  const ms = Math.max(0, nowMs - sinceMs);
  if (ms < HOUR_MS) return { unit: 'minute', count: Math.floor(ms / MINUTE_MS) };
  if (ms < 2 * DAY_MS) return { unit: 'hour', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'day', count: Math.floor(ms / DAY_MS) };
}
