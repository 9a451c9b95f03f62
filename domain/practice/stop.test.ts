import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { addDays } from '#domain/time/local-day';
import { judgePain, worseZone } from './judgement';
import { DEFAULT_PAIN_POLICY, type Zone } from './pain-policy';
import { endedByMorning, isSlipInTime, type MorningPain, type Stop, stopFor, stopOn } from './stop';

const AT = Date.parse('2026-11-24T10:00:00Z');
const ON = '2026-11-24';
const HISTORY = { policy: DEFAULT_PAIN_POLICY, painsBefore: [] };
const red = (over: Partial<Stop> = {}): Stop => ({
  lineageId: 'a',
  severity: 'red',
  rule: 'red_from',
  saidAt: AT,
  saidOn: ON,
  ...over,
});
const morning = (days: number, pain: number | null, hours = 0): MorningPain => ({
  localOn: addDays(ON, days),
  saidAt: AT + days * DAY_MS + hours * 60 * MINUTE_MS,
  pain,
});

describe('what an answer stops', () => {
  it.each<[Zone, string | null, ReturnType<typeof stopFor>]>([
    ['none', 'a', null],
    ['green', 'a', null],
    ['amber', 'a', null],
    ['red', 'a', { lineageId: 'a', severity: 'red', rule: 'r' }],
    ['red', null, { lineageId: null, severity: 'red', rule: 'r' }],
    ['urgent', 'a', { lineageId: null, severity: 'urgent', rule: 'r' }],
    ['urgent', null, { lineageId: null, severity: 'urgent', rule: 'r' }],
  ])('%s of %s: %j', (zone, lineageId, stop) => {
    expect(stopFor({ zone, rule: 'r', lineageId })).toEqual(stop);
  });
});

describe('the morning that ends a red stop', () => {
  it.each<[string, MorningPain[], boolean]>([
    ['no answer', [], false],
    ['"No answer"', [morning(1, null)], false],
    ['the same day', [morning(0, 0)], false],
    ['the day before', [morning(-1, 0)], false],
    ['a settled next day', [morning(1, 1)], true],
    ['an amber next day', [morning(1, 4)], false],
    ['amber in the morning, none at noon', [morning(1, 4), morning(1, 0, 4)], false],
    ['amber one day, settled the next', [morning(1, 5), morning(2, 2)], true],
    ['settled in any order of arrival', [morning(2, 2), morning(1, 5)], true],
    ['no answer first, settled after', [morning(1, null), morning(1, 2, 1)], true],
  ])('%s', (_what, mornings, ends) => {
    expect(endedByMorning(red(), mornings, HISTORY) !== null).toBe(ends);
  });

  it('is not settled 2 over what was usual before', () => {
    const painsBefore = [{ startedAt: AT - DAY_MS, painBefore: 1 }];
    expect(endedByMorning(red(), [morning(1, 3)], { ...HISTORY, painsBefore })).toBeNull();
    expect(endedByMorning(red(), [morning(1, 2)], { ...HISTORY, painsBefore })).not.toBeNull();
  });

  it('never ends an urgent stop', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 10 }))), (said) => {
        const mornings = said.map(([days, pain]) => morning(days, pain));
        expect(endedByMorning(red({ severity: 'urgent' }), mornings, HISTORY)).toBeNull();
      }),
    );
  });

  it('is of a later day, below amber, and the first of its day, whatever was said when', () => {
    const answer = fc.record({
      days: fc.integer({ min: -3, max: 5 }),
      hours: fc.integer({ min: 0, max: 12 }),
      pain: fc.option(fc.integer({ min: 0, max: 10 })),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 12 }), (said) => {
        const mornings = said.map(({ days, hours, pain }) => morning(days, pain, hours));
        const ended = endedByMorning(red(), mornings, HISTORY);
        if (ended === null) return;
        expect(ended.localOn > ON).toBe(true);
        expect(ended.pain).toBeLessThan(DEFAULT_PAIN_POLICY.amberFrom);
        const sameDay = mornings.filter(({ localOn, pain }) => localOn === ended.localOn && pain !== null);
        expect(ended.saidAt).toBe(Math.min(...sameDay.map(({ saidAt }) => saidAt)));
      }),
    );
  });
});

describe('a slip', () => {
  it.each([
    [0, true],
    [10 * MINUTE_MS, true],
    [10 * MINUTE_MS + 1, false],
    [-1, false],
  ])('%i ms later: in time %s', (later, inTime) => {
    expect(isSlipInTime(AT, AT + later)).toBe(inTime);
  });
});

describe('the stop on an exercise', () => {
  it('is the most severe, then the earliest, of those that forbid it', () => {
    const [own, late, other] = [red(), red({ saidAt: AT + 1 }), red({ lineageId: 'b', saidAt: AT - 1 })];
    const all = red({ lineageId: null, severity: 'urgent', saidAt: AT + 2 });
    expect(stopOn('a', [])).toBeNull();
    expect(stopOn('a', [other])).toBeNull();
    expect(stopOn('a', [late, own, other])).toBe(own);
    expect(stopOn('a', [late, own, all])).toBe(all);
    expect(stopOn(null, [own, all])).toBe(all);
  });
});

describe('one judgement', () => {
  it('compares with what was said strictly before, whatever else is known', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }),
        (pain, before, after) => {
          const earlier = before.map((painBefore, n) => ({ startedAt: AT - 1 - n, painBefore }));
          const later = after.map((painBefore, n) => ({ startedAt: AT + n, painBefore }));
          const said = { pain, redFlags: [], prescriptionLimit: null, atMs: AT };
          const alone = judgePain(said, { policy: DEFAULT_PAIN_POLICY, painsBefore: earlier });
          const all = judgePain(said, { policy: DEFAULT_PAIN_POLICY, painsBefore: [...later, ...earlier] });
          expect(all).toEqual(alone);
        },
      ),
    );
  });

  it('the worse of two zones is either of them, and never the milder', () => {
    const zones: Zone[] = ['none', 'green', 'amber', 'red', 'urgent'];
    for (const [n, one] of zones.entries())
      for (const [m, other] of zones.entries()) expect(worseZone(one, other)).toBe(zones[Math.max(n, m)]);
  });
});
