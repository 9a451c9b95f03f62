import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#domain/time/duration';
import { isMissed, lookedAt, MISSED_KINDS, missedNews } from './missed';

const startsAt = Date.UTC(2026, 11, 4, 10);
const planned = { startsAt, durationMinutes: 30, state: 'scheduled', kind: 'review', mode: 'video' } as const;
const at = (minutes: number) => startsAt + minutes * MINUTE_MS;

describe('a visit that nobody held', () => {
  it('is one a quarter of an hour after its planned end', () => {
    expect(lookedAt(planned)).toBe(at(45));
    expect([at(44), at(45), at(600)].map((now) => isMissed(planned, now))).toEqual([false, true, true]);
  });

  it.each([
    ['was opened', { state: 'open' }],
    ['was held', { state: 'ended' }],
    ['was called off', { state: 'cancelled' }],
    ['was spoken of already', { state: 'no_show' }],
    ['is held by phone', { mode: 'phone' }],
    ['is held at the clinic', { mode: 'in_clinic' }],
    ['nobody planned', { kind: 'now' }],
  ] as const)('is none that %s', (_, change) => {
    expect(isMissed({ ...planned, ...change }, at(600))).toBe(false);
  });

  const missed = { id: 'a', startsAt, clinicianId: 'mira', patientUserId: 'ana', hasWaited: false };

  it('is told to both, to a patient who waited in other words, and again only where it had another time', () => {
    expect(missedNews(missed).map(({ userId, kind }) => [userId, kind])).toEqual([
      ['ana', 'visit_missed'],
      ['mira', 'visit_not_held'],
    ]);
    const waited = missedNews({ ...missed, hasWaited: true });
    expect(waited.map(({ kind }) => kind)).toEqual(['visit_nobody_came', 'visit_not_held']);
    expect(waited.map(({ eventKey }) => eventKey)).toEqual(missedNews(missed).map(({ eventKey }) => eventKey));
    expect(missedNews({ ...missed, startsAt: at(60) })[0]?.eventKey).not.toBe(waited[0]?.eventKey);
    expect(missedNews({ ...missed, patientUserId: null }).map(({ userId }) => userId)).toEqual(['mira']);
    for (const { kind } of waited) expect(MISSED_KINDS).toContain(kind);
  });
});
