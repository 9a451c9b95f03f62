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

/** A login's end is moved on in steps: as often as this a request writes at most. */
const STEP_MS: Record<SessionKind, number> = { staff: 20_000, own_device: MINUTE, shared_device: 10_000 };

/** With it a page says how many milliseconds ago a person did something on it; left out where nobody did since it last said so. */
export const USED_HEADER = 'x-regrasp-used';

/** So long before a login ends for want of use the page says so. */
export const IDLE_WARNING_MS = 2 * MINUTE;

/**
 * Who sits at a staff member's screen must have touched it: what a page asks by itself keeps no login alive. A patient's
 * own phone lasts with any request, by the month.
 */
export function needsUse(kind: SessionKind): boolean {
  return kind !== 'own_device';
}

/**
 * To when `lastSeenAt` moves by a request; null where it stays. `usedAgoMs`: how long before the request a person did
 * something, as the page says; null = not since it last said so. Never into the future, whatever the page's clock.
 */
export function seenAt(
  session: Pick<SessionTimes, 'kind' | 'lastSeenAt'>,
  usedAgoMs: number | null,
  nowMs: number,
): number | null {
  if (needsUse(session.kind) && usedAgoMs === null) return null;
  const at = needsUse(session.kind) ? nowMs - Math.max(0, usedAgoMs ?? 0) : nowMs;
  return at - session.lastSeenAt >= STEP_MS[session.kind] ? at : null;
}

/** Milliseconds until a login ends for want of use. */
export function idleEndsInMs(session: Pick<SessionTimes, 'kind' | 'lastSeenAt'>, nowMs: number): number {
  return Math.max(0, session.lastSeenAt + SESSION_LIMITS[session.kind].idleMs - nowMs);
}

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
