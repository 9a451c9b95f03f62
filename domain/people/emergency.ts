import { MINUTE_MS } from '#domain/time/duration';

/** So long one emergency access lasts; who needs longer joins the care team. */
export const EMERGENCY_MS = 60 * MINUTE_MS;
