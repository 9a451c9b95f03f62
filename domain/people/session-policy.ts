import { DAY_MS, HOUR_MS } from '#domain/time/duration';

const MINUTE = 60_000;

export type SessionKind = 'staff' | 'own_device' | 'shared_device';

type Limits = { readonly idleMs: number; readonly absoluteMs: number };

/**
 * How long a login lasts. Staff: OWASP's 15 minutes idle for sensitive data, 12 hours in all (NIST 800-63B AAL2).
 * A patient's own phone rolls for 30 days, because a program nobody can open is not practised.
 */
export const SESSION_LIMITS: Record<SessionKind, Limits> = {
  staff: { idleMs: 15 * MINUTE, absoluteMs: 12 * HOUR_MS },
  own_device: { idleMs: 30 * DAY_MS, absoluteMs: 30 * DAY_MS },
  shared_device: { idleMs: 2 * MINUTE, absoluteMs: 12 * HOUR_MS },
};

/** The gate writes `lastSeenAt` at most this often. */
export const LAST_SEEN_STEP_MS = MINUTE;

type SessionTimes = {
  readonly kind: SessionKind;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
};

/** Is the login still good at this instant? Times are epoch ms. */
export function isSessionAlive(session: SessionTimes, nowMs: number): boolean {
  if (session.revokedAt !== null || nowMs >= session.expiresAt) return false;
  return nowMs - session.lastSeenAt < SESSION_LIMITS[session.kind].idleMs;
}

/** When a session seen now ends: a patient's own device rolls, the others keep their first end. */
export function rolledExpiry(kind: SessionKind, expiresAt: number, nowMs: number): number {
  return kind === 'own_device' ? nowMs + SESSION_LIMITS.own_device.absoluteMs : expiresAt;
}
