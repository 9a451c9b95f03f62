import { describe, expect, it } from 'vitest';
import {
  isJoinable,
  isOverdue,
  joinVisitSchema,
  OPENS_BEFORE_MS,
  scheduleVisitSchema,
  tabNonceSchema,
  VISIT_DURATIONS_MINUTES,
  type VisitRole,
  type VisitState,
  visitTokenSchema,
} from './lifecycle';

const START = Date.UTC(2026, 10, 24, 9);
const MINUTE = 60_000;
const ID = '0193593f-0000-7000-8000-000000000001';

describe('may be joined', () => {
  // Minutes from the start; clinician, patient, observer.
  it.each<[VisitState, number, boolean, boolean, boolean]>([
    ['scheduled', -24 * 60, true, false, false],
    ['scheduled', -11, true, false, false],
    ['scheduled', -10, true, true, true],
    ['scheduled', 0, true, true, true],
    ['scheduled', 60, true, true, true],
    ['open', -24 * 60, true, true, true],
    ['open', 60, true, true, true],
    ['ended', 0, false, false, false],
    ['cancelled', 0, false, false, false],
    ['no_show', 0, false, false, false],
  ])('%s, %i minutes from the start: clinician %s, patient %s, observer %s', (state, minutes, ...expected) => {
    const roles: VisitRole[] = ['clinician', 'patient', 'observer'];
    const at = START + minutes * MINUTE;
    expect(roles.map((role) => isJoinable({ state, startsAt: START, mode: 'video' }, role, at))).toEqual(expected);
  });

  it('from exactly 10 minutes before', () => {
    expect(OPENS_BEFORE_MS).toBe(600_000);
    const visit = { state: 'scheduled', startsAt: START, mode: 'video' } as const;
    const joinable = (nowMs: number) => isJoinable(visit, 'patient', nowMs);
    expect(joinable(START - 600_001)).toBe(false);
    expect(joinable(START - 600_000)).toBe(true);
  });

  it.each(['phone', 'in_clinic'] as const)('by nobody where it is held by %s: it has no room', (mode) => {
    const roles: VisitRole[] = ['clinician', 'patient', 'observer'];
    const visit = { state: 'scheduled', startsAt: START, mode } as const;
    expect(roles.map((role) => isJoinable(visit, role, START))).toEqual([false, false, false]);
  });
});

describe('a visit is overdue', () => {
  const of = (state: VisitState) => ({ state, startsAt: START, durationMinutes: 30 });

  it('when its whole length went by and nobody opened it', () => {
    expect(isOverdue(of('scheduled'), START + 30 * MINUTE - 1)).toBe(false);
    expect(isOverdue(of('scheduled'), START + 30 * MINUTE)).toBe(true);
  });

  it.each(['open', 'ended', 'cancelled', 'no_show'] as const)('never while it is %s', (state) => {
    expect(isOverdue(of(state), START + 31 * MINUTE)).toBe(false);
  });
});

describe('the name of a tab', () => {
  it.each(['abcdefg', 'a'.repeat(17), 'ABCDEFGH', 'abcd:efgh', 'abcd efgh', 'abcdefgh\n', ''])(
    'a tab is not called %j',
    (nonce) => {
      expect(tabNonceSchema.safeParse(nonce).success).toBe(false);
      expect(visitTokenSchema.safeParse({ visitId: ID, tabNonce: nonce }).success).toBe(false);
    },
  );
});

describe('what is asked for', () => {
  const planned = { patientId: ID, startsAt: START, durationMinutes: 30, kind: 'first' };
  it.each<[string, object, boolean]>([
    ['a visit', {}, true],
    ['a visit now', { startsAt: null, kind: 'now' }, true],
    ['5 minutes', { durationMinutes: 5 }, true],
    ['4 minutes', { durationMinutes: 4 }, false],
    ['180 minutes', { durationMinutes: 180 }, true],
    ['181 minutes', { durationMinutes: 181 }, false],
    ['half a minute', { durationMinutes: 20.5 }, false],
    ['a start that was forgotten', { startsAt: undefined }, false],
    ['a start in seconds', { startsAt: START / 1000 }, false],
    ['another kind', { kind: 'chat' }, false],
    ['a patient without an id', { patientId: 'ana' }, false],
  ])('%s', (_, change, accepted) => {
    expect(scheduleVisitSchema.safeParse({ ...planned, ...change }).success).toBe(accepted);
  });

  it('every length on offer may be asked for', () => {
    for (const durationMinutes of VISIT_DURATIONS_MINUTES)
      expect(scheduleVisitSchema.safeParse({ ...planned, durationMinutes }).success).toBe(true);
  });

  const joining = { visitId: ID, locationText: '12 Mill Lane', presentOthers: 'My daughter' };
  it.each<[string, object, boolean]>([
    ['where and with whom', {}, true],
    ['same as last time', { locationText: null, presentOthers: null }, true],
    ['alone', { presentOthers: '' }, true],
    ['a blank place', { locationText: '  ' }, false],
    ['a place of 200 characters', { locationText: 'x'.repeat(200) }, true],
    ['a place of 201 characters', { locationText: 'x'.repeat(201) }, false],
    ['others of 201 characters', { presentOthers: 'x'.repeat(201) }, false],
    ['a place with NUL', { locationText: 'a\u0000b' }, false],
    ['no answer', { locationText: undefined }, false],
  ])('joining: %s', (_, change, accepted) => {
    expect(joinVisitSchema.safeParse({ ...joining, ...change }).success).toBe(accepted);
  });
});
