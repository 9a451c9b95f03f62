/** Spans of time in milliseconds. A local day is not always `DAY_MS` long: count days with `local-day.ts`. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How far a device's clock may run ahead of the server's before what it says happened is refused. */
export const CLOCK_AHEAD_MS = 5 * MINUTE_MS;
