import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { idleEndsInMs, isSessionAlive, rolledExpiry, SESSION_LIMITS, type SessionKind, seenAt } from './session-policy';

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

  it('of staff is kept by what a person did, at its own time, and by nothing else', () => {
    const seen = (usedAgoMs: number | null) => seenAt({ kind: 'staff', lastSeenAt: NOW - 10 * MINUTE }, usedAgoMs, NOW);
    expect([seen(null), seen(0), seen(4 * MINUTE), seen(12 * MINUTE), seen(-HOUR_MS)]).toEqual([
      null,
      NOW,
      NOW - 4 * MINUTE,
      null,
      NOW,
    ]);
  });

  it('of a patient is kept by any request', () => {
    expect(seenAt({ kind: 'own_device', lastSeenAt: NOW - DAY_MS }, null, NOW)).toBe(NOW);
  });

  it.each<[SessionKind, number]>([
    ['staff', 20_000],
    ['own_device', MINUTE],
  ])('%s is written down in steps', (kind, stepMs) => {
    const seen = (agoMs: number) => seenAt({ kind, lastSeenAt: NOW - agoMs }, 0, NOW);
    expect([seen(stepMs - 1), seen(stepMs)]).toEqual([null, NOW]);
  });

  it('is never seen in the future, and no report lets it last longer than its idle time from now', () => {
    fc.assert(
      fc.property(fc.integer({ min: -DAY_MS, max: DAY_MS }), fc.integer({ min: 0, max: DAY_MS }), (ago, silence) => {
        const session = { kind: 'staff' as const, lastSeenAt: NOW - silence };
        const lastSeenAt = seenAt(session, ago, NOW) ?? session.lastSeenAt;
        expect(lastSeenAt).toBeLessThanOrEqual(NOW);
        expect(lastSeenAt).toBeGreaterThanOrEqual(session.lastSeenAt);
        expect(idleEndsInMs({ kind: 'staff', lastSeenAt }, NOW)).toBeLessThanOrEqual(15 * MINUTE);
      }),
    );
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
