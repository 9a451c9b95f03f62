import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { isSessionAlive, LAST_SEEN_STEP_MS, rolledExpiry, SESSION_LIMITS, type SessionKind } from './session-policy';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 9);

describe('how long a login lasts', () => {
  it.each<[SessionKind, number, number]>([
    ['staff', 15 * MINUTE, 12 * HOUR_MS],
    ['own_device', 30 * DAY_MS, 30 * DAY_MS],
    ['shared_device', 2 * MINUTE, 12 * HOUR_MS],
  ])('%s: idle and in all', (kind, idleMs, absoluteMs) => {
    expect(SESSION_LIMITS[kind]).toEqual({ idleMs, absoluteMs });
  });

  it('is written down at most once a minute', () => {
    expect(LAST_SEEN_STEP_MS).toBe(MINUTE);
  });
});

describe('a login', () => {
  const alive = (change: Partial<Parameters<typeof isSessionAlive>[0]>, nowMs = NOW) =>
    isSessionAlive(
      { kind: 'staff', lastSeenAt: NOW, expiresAt: NOW + 12 * HOUR_MS, revokedAt: null, ...change },
      nowMs,
    );

  it.each<[string, SessionKind, number]>([
    ['staff after 15 minutes', 'staff', 15 * MINUTE],
    ['a shared device after 2 minutes', 'shared_device', 2 * MINUTE],
    ['an own device after 30 days', 'own_device', 30 * DAY_MS],
  ])('ends with silence: %s', (_, kind, idleMs) => {
    const expiresAt = NOW + 60 * DAY_MS;
    expect(alive({ kind, lastSeenAt: NOW - idleMs + 1, expiresAt })).toBe(true);
    expect(alive({ kind, lastSeenAt: NOW - idleMs, expiresAt })).toBe(false);
  });

  it('ends at its end, however active', () => {
    expect(alive({ expiresAt: NOW + 1 })).toBe(true);
    expect(alive({ expiresAt: NOW })).toBe(false);
    expect(alive({ expiresAt: NOW - 1 })).toBe(false);
  });

  it('ends when it is revoked, whenever that is', () => {
    for (const revokedAt of [NOW - 1, NOW, NOW + DAY_MS, 0]) expect(alive({ revokedAt })).toBe(false);
  });

  it('survives a clock that was set back', () => {
    expect(alive({ lastSeenAt: NOW + HOUR_MS })).toBe(true);
  });
});

describe('a login seen now', () => {
  it('rolls 30 days on, on a patient’s own device', () => {
    expect(rolledExpiry('own_device', NOW + DAY_MS, NOW)).toBe(NOW + 30 * DAY_MS);
  });

  it.each(['staff', 'shared_device'] as const)('keeps its first end: %s', (kind) => {
    expect(rolledExpiry(kind, NOW + HOUR_MS, NOW)).toBe(NOW + HOUR_MS);
  });
});
