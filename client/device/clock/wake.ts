import { clockOffset, deviceNow } from '#client/api/device-clock';
import { SECOND_MS } from '#domain/time/duration';

/** A machine that slept fires its timers late: the clock is looked at this often, and whenever the page is seen again. */
const LOOK_MS = 20 * SECOND_MS;
const WAKES = ['visibilitychange', 'pageshow', 'focus', 'online'] as const;
/** A page is hidden and seen at its document; on the way down the window hears of it, too. */
const WAY = { capture: true };

/** Calls `turn` when an instant has come, once, and when the clock was put back behind `fromMs`. Ends with the answer. */
export function wakeAt(nextMs: number, fromMs: number, turn: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    const nowMs = deviceNow();
    if (nowMs >= nextMs || nowMs < fromMs) turn();
    else timer = setTimeout(look, Math.min(nextMs - nowMs, LOOK_MS));
  };
  look();
  for (const wake of WAKES) window.addEventListener(wake, look, WAY);
  const unheard = clockOffset.subscribe(look);
  return () => {
    clearTimeout(timer);
    for (const wake of WAKES) window.removeEventListener(wake, look, WAY);
    unheard();
  };
}
