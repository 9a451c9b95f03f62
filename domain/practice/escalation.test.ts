import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#domain/time/duration';
import {
  DEFAULT_ESCALATION,
  ESCALATION_STEPS,
  flagEventKey,
  flagOfEvent,
  stepAfter,
  stepDueAt,
  toldBy,
} from './escalation';

const person = (userId: string, role: 'clinician' | 'assistant' | 'admin' = 'clinician') => ({ userId, role });
const staff = [person('mira'), person('jonas'), person('priya'), person('ada', 'admin'), person('ivo', 'assistant')];
const lead = { ...person('mira'), part: 'lead' as const };
const member = { ...person('jonas'), part: 'member' as const };
const cover = { ...person('priya'), part: 'cover' as const };
const helper = { ...person('ivo', 'assistant'), part: 'cover' as const };

describe('who is told of a red answer', () => {
  it.each([
    ['lead', 'mira', [lead, member, cover], ['mira']],
    ['lead', null, [lead], ['mira']],
    ['lead', null, [member], []],
    ['cover', 'mira', [lead, member, cover], ['priya']],
    // Nobody covers: the other clinicians of the team, and no assistant.
    ['cover', 'mira', [lead, member, helper], ['jonas']],
    ['cover', 'mira', [lead], []],
    ['all', 'mira', [lead], ['mira', 'jonas', 'priya', 'ada']],
  ] as const)('%s, led by %s', (step, leadUserId, team, expected) => {
    expect(toldBy(step, { leadUserId, team, staff })).toEqual(expected);
  });

  it('nobody is named twice by one step', () => {
    const team = fc.array(fc.constantFrom(lead, member, cover, helper));
    fc.assert(
      fc.property(fc.constantFrom(...ESCALATION_STEPS), team, (step, someTeam) => {
        const told = toldBy(step, { leadUserId: 'mira', team: someTeam, staff: [...staff, ...staff] });
        expect(new Set(told).size).toBe(told.length);
        expect(told).not.toContain('ivo');
      }),
    );
  });
});

describe('the steps', () => {
  it('follow one another, each at its time from when the flag was raised', () => {
    expect(ESCALATION_STEPS.map(stepAfter)).toEqual(['cover', 'all', null]);
    const minutes = ESCALATION_STEPS.map((step) => stepDueAt(step, 0, DEFAULT_ESCALATION) / MINUTE_MS);
    expect(minutes).toEqual([0, 30, 60]);
  });

  it('are told apart in notices, which lead back to the flag', () => {
    expect(flagOfEvent(flagEventKey('a-flag', 'cover'))).toBe('a-flag');
    expect(flagOfEvent('joined:a-flag')).toBeNull();
    expect(flagOfEvent('flag:')).toBeNull();
  });
});
