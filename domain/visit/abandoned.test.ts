import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { isAbandoned, UNSEEN_MS } from './abandoned';

const AT = Date.UTC(2026, 10, 29, 9);

describe('a visit that everybody left', () => {
  it.each([
    ['is so after the minutes of its clinic', 0, 15, 15 * MINUTE_MS, true],
    ['and not a moment before', 0, 15, 15 * MINUTE_MS - 1, false],
    ['never while somebody is in the room', 1, 15, 48 * HOUR_MS, false],
    ['not while the media server does not answer', null, 15, UNSEEN_MS - 1, false],
    ['but when nobody was heard of for so long', null, 15, UNSEEN_MS, true],
    ['where the clinic waits longer than that', null, 180, UNSEEN_MS, false],
    ['and then after its time', null, 180, 180 * MINUTE_MS, true],
    ['not where a clock was put back', 0, 15, -MINUTE_MS, false],
  ] as const)('%s', (_, inRoom, minutes, sinceMs, is) => {
    expect(isAbandoned({ inRoom, lastSignAt: AT }, minutes, AT + sinceMs)).toBe(is);
  });

  it('is never so sooner because the media server is away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 240 }), fc.integer({ min: 0, max: 6 * HOUR_MS }), (minutes, sinceMs) => {
        const away = isAbandoned({ inRoom: null, lastSignAt: AT }, minutes, AT + sinceMs);
        const empty = isAbandoned({ inRoom: 0, lastSignAt: AT }, minutes, AT + sinceMs);
        expect(away && !empty).toBe(false);
      }),
    );
  });
});
