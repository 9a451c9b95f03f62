import { CLOCK_SLACK_MS, DEVICE_TIME_HEADER, type DeviceClock, worthwhile } from '#domain/time/device-clock';
import { MINUTE_MS, SECOND_MS } from '#domain/time/duration';
import { Observable } from './observable';

/** Outlives the page, so that a device without a line knows by how much it is wrong. */
const KEY = 'regrasp.clock';
/** An answer that took longer says too little. */
const ROUND_TRIP_MAX_MS = 30 * SECOND_MS;
/** What is measured anew and differs by less is the line's delay: the time on a screen does not jump for it. */
const DRIFT_MS = 30 * SECOND_MS;

/** Server's clock − this device's, as it is applied: 0 where they agree. */
export const clockOffset = new Observable(keptOffset());
/** Both clocks of this device when the server was last heard: one that is set jumps, the other does not. */
let heard: { wallMs: number; steadyMs: number } | null = null;

function keptOffset(): number {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { offsetMs?: unknown; at?: unknown } | null;
    if (typeof kept?.offsetMs !== 'number' || typeof kept.at !== 'number') return 0;
    // A clock that stands before the time at which it was measured was set since.
    return Date.now() < kept.at - CLOCK_SLACK_MS ? 0 : kept.offsetMs;
  } catch {
    return 0;
  }
}

function keep(offsetMs: number): void {
  try {
    if (offsetMs === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ offsetMs, at: Date.now() }));
  } catch {
    // Without room it is measured again with the next answer.
  }
}

/** What every answer says of the server's clock; `sentMs` by this device's. */
export function hearServerTime(response: Response, sentMs: number): void {
  // It names whole seconds.
  const serverMs = Date.parse(response.headers.get('date') ?? '') + SECOND_MS / 2;
  const receivedMs = Date.now();
  const tookMs = receivedMs - sentMs;
  if (Number.isNaN(serverMs) || tookMs < 0 || tookMs > ROUND_TRIP_MAX_MS) return;
  const measured = serverMs - (sentMs + receivedMs) / 2;
  const known = clockOffset.snapshot();
  const isFirst = heard === null;
  heard = { wallMs: receivedMs, steadyMs: performance.now() };
  const next = known !== 0 && Math.abs(measured - known) <= DRIFT_MS ? known : worthwhile(measured);
  if (next === known && !isFirst) return;
  keep(next);
  if (next !== known) clockOffset.set(next);
}

/** Now, epoch ms: by this device's clock, put right where the server's says that it is wrong. */
export function deviceNow(): number {
  return Date.now() + clockOffset.snapshot();
}

/**
 * What is counted by: this device's clock as it stands. Only spans matter there, and a clock that is found to be wrong must
 * not look like a time in which nobody followed.
 */
export function countingNow(): number {
  return Date.now();
}

/** A time of `countingNow`, put right. */
export function trueTime(countedMs: number): number {
  return countedMs + clockOffset.snapshot();
}

/** What `deviceNow` added, as a report says it. */
export function deviceClock(): DeviceClock {
  const offsetMs = clockOffset.snapshot();
  if (!heard) return { offsetMs, isMeasured: false };
  const jumpMs = Date.now() - heard.wallMs - (performance.now() - heard.steadyMs);
  return { offsetMs, isMeasured: Math.abs(jumpMs) <= MINUTE_MS };
}

export const deviceTimeHeader = (): Record<string, string> => ({ [DEVICE_TIME_HEADER]: String(Date.now()) });
