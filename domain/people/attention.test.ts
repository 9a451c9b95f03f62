import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { type Attention, type AttentionFacts, type AttentionRule, attention, compareByNeed } from './attention';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const facts = (more: Partial<AttentionFacts> = {}): AttentionFacts => ({
  patientId: 'ana',
  openFlags: [],
  waitingCheckIn: null,
  lastLogAtMs: NOW - HOUR_MS,
  worstPain7Days: null,
  nextVisitAtMs: null,
  reassessInDays: null,
  hasProgram: true,
  joined: true,
  ...more,
});
const look = (more: Partial<AttentionFacts> = {}, noLogDays?: number) =>
  attention({ facts: facts(more), policy: DEFAULT_PAIN_POLICY, nowMs: NOW, noLogDays });
const rules = (more: Partial<AttentionFacts> = {}) => look(more).reasons.map(({ rule }) => rule);
const flag = (severity: 'amber' | 'red' | 'urgent', raisedAtMs = NOW - HOUR_MS) => ({
  severity,
  kind: 'pain',
  raisedAtMs,
});

describe('attention: one reason at a time', () => {
  it.each<[string, Partial<AttentionFacts>, AttentionRule, string, Record<string, unknown>]>([
    ['nothing', {}, 'fine', 'fine', {}],
    ['urgent', { openFlags: [flag('urgent')] }, 'urgent_flag', 'red_flag', { kind: 'pain', raisedAtMs: NOW - HOUR_MS }],
    ['red', { openFlags: [flag('red')] }, 'red_flag', 'red_flag', { kind: 'pain', raisedAtMs: NOW - HOUR_MS }],
    ['amber', { openFlags: [flag('amber')] }, 'amber_flag', 'look_today', { kind: 'pain', raisedAtMs: NOW - HOUR_MS }],
    ['a check-in due now', { waitingCheckIn: { dueAtMs: NOW } }, 'check_in_waiting', 'due', { dueAtMs: NOW, hours: 0 }],
    [
      'due in 90 minutes',
      { waitingCheckIn: { dueAtMs: NOW + 1.5 * HOUR_MS } },
      'check_in_waiting',
      'due',
      { dueAtMs: NOW + 1.5 * HOUR_MS, hours: 2 },
    ],
    [
      'just overdue',
      { waitingCheckIn: { dueAtMs: NOW - 1 } },
      'check_in_overdue',
      'look_today',
      { dueAtMs: NOW - 1, hours: 0 },
    ],
    [
      'overdue 2 h',
      { waitingCheckIn: { dueAtMs: NOW - 2.5 * HOUR_MS } },
      'check_in_overdue',
      'look_today',
      { dueAtMs: NOW - 2.5 * HOUR_MS, hours: 2 },
    ],
    ['pain 3', { worstPain7Days: 3 }, 'fine', 'fine', {}],
    ['pain 0', { worstPain7Days: 0 }, 'fine', 'fine', {}],
    ['pain 4', { worstPain7Days: 4 }, 'pain_amber', 'fine', { pain: 4, threshold: 4 }],
    ['pain 5', { worstPain7Days: 5 }, 'pain_amber', 'fine', { pain: 5, threshold: 4 }],
    ['pain 6', { worstPain7Days: 6 }, 'pain_red', 'look_today', { pain: 6, threshold: 6 }],
    ['three days silent', { lastLogAtMs: NOW - 3 * DAY_MS }, 'silent', 'look_today', { days: 3, threshold: 3 }],
    ['not quite three', { lastLogAtMs: NOW - 3 * DAY_MS + 1 }, 'fine', 'fine', {}],
    ['never logged', { lastLogAtMs: null }, 'no_log_yet', 'due', {}],
    ['silent without a login', { lastLogAtMs: NOW - 9 * DAY_MS, joined: false }, 'not_joined', 'fine', {}],
    ['silent without a program', { lastLogAtMs: NOW - 9 * DAY_MS, hasProgram: false }, 'no_program', 'due', {}],
    ['a visit in a day', { nextVisitAtMs: NOW + DAY_MS }, 'visit_soon', 'due', { atMs: NOW + DAY_MS }],
    ['a visit now', { nextVisitAtMs: NOW }, 'visit_soon', 'due', { atMs: NOW }],
    ['a visit later', { nextVisitAtMs: NOW + DAY_MS + 1 }, 'visit_planned', 'fine', { atMs: NOW + DAY_MS + 1 }],
    ['to be assessed again in three days', { reassessInDays: 3 }, 'reassessment_due', 'due', { days: 3, when: 'soon' }],
    ['to be assessed again in four', { reassessInDays: 4 }, 'fine', 'fine', {}],
    ['assessed late', { reassessInDays: -2 }, 'reassessment_due', 'due', { days: 2, when: 'late' }],
    ['a visit gone by', { nextVisitAtMs: NOW - 1 }, 'fine', 'fine', {}],
  ])('%s', (_, more, rule, urgency, values) => {
    const answer = look(more);
    expect(answer.urgency).toBe(urgency);
    expect(answer.reasons).toHaveLength(1);
    expect(answer.reasons[0]).toMatchObject({ rule, urgency, key: `attention.${rule}`, values });
    expect(answer.reasons[0].values).toEqual(values);
  });

  it('takes the clinic’s number of days', () => {
    expect(look({ lastLogAtMs: NOW - 2 * DAY_MS }, 2).reasons[0]).toMatchObject({
      rule: 'silent',
      values: { days: 2, threshold: 2 },
    });
    expect(look({ lastLogAtMs: NOW - 4 * DAY_MS }, 5).reasons[0].rule).toBe('fine');
  });
});

describe('attention: which flag it is', () => {
  const reasonOf = (severity: 'amber' | 'red' | 'urgent', more: Partial<AttentionFacts['openFlags'][number]>) =>
    look({ openFlags: [{ ...flag(severity), ...more }] }).reasons[0];

  it('a pain with its number, and what was said instead', () => {
    expect(reasonOf('urgent', { pain: 9 })).toMatchObject({
      ...{ rule: 'urgent_flag', key: 'attention.flag.pain' },
      values: { kind: 'pain', severity: 'urgent', pain: 9, back: 'no' },
    });
    const corrected = { pain: 7, correctedPain: 4, takenBackAt: NOW };
    expect(reasonOf('red', corrected)).toMatchObject({ values: { pain: 7, back: 'corrected', corrected: 4 } });
    const slip = { pain: 7, correctedPain: null, takenBackAt: NOW };
    expect(reasonOf('red', slip)).toMatchObject({ values: { pain: 7, back: 'slip' } });
  });

  it('the question answered yes, the first in the order asked, and how many more', () => {
    const answer = reasonOf('urgent', { kind: 'hot_joint', redFlags: ['hot_joint', 'colour_or_cold'], pain: 3 });
    expect(answer).toMatchObject({ key: 'attention.flag.red_flags', sign: 'colour_or_cold', values: { more: 1 } });
    // A flag of an earlier release knows its question by its kind alone.
    expect(reasonOf('urgent', { kind: 'infection' })).toMatchObject({ sign: 'infection', values: { more: 0 } });
  });

  it('the button alone, a morning, and a flag of an earlier release', () => {
    expect(reasonOf('red', { kind: 'it_hurts' })).toMatchObject({ key: 'attention.flag.it_hurts' });
    expect(reasonOf('red', { kind: 'it_hurts', pain: 7 })).toMatchObject({ key: 'attention.flag.pain' });
    const morning = reasonOf('amber', { kind: 'not_settled', pain: 5 });
    expect(morning).toMatchObject({ rule: 'amber_flag', key: 'attention.flag.not_settled', values: { pain: 5 } });
    expect(reasonOf('red', {})).toMatchObject({ key: 'attention.red_flag' });
  });
});

describe('attention: all reasons in order', () => {
  it('flags, late, pain, silence, due, visit', () => {
    expect(
      rules({
        openFlags: [flag('amber'), flag('red'), flag('urgent')],
        waitingCheckIn: { dueAtMs: NOW - 1 },
        worstPain7Days: 7,
        lastLogAtMs: NOW - 5 * DAY_MS,
        nextVisitAtMs: NOW + HOUR_MS,
      }),
    ).toEqual(['urgent_flag', 'red_flag', 'check_in_overdue', 'amber_flag', 'pain_red', 'silent', 'visit_soon']);
    expect(
      rules({
        waitingCheckIn: { dueAtMs: NOW + 1 },
        worstPain7Days: 4,
        lastLogAtMs: null,
        nextVisitAtMs: NOW + 3 * DAY_MS,
      }),
    ).toEqual(['check_in_waiting', 'no_log_yet', 'pain_amber', 'visit_planned']);
    expect(rules({ joined: false, hasProgram: false, nextVisitAtMs: NOW + HOUR_MS })).toEqual([
      'no_program',
      'visit_soon',
      'not_joined',
    ]);
  });
  it('the flag that waits longest first', () => {
    const { reasons } = look({ openFlags: [flag('red', NOW - 1), flag('red', NOW - 9)] });
    expect(reasons.map(({ values }) => values.raisedAtMs)).toEqual([NOW - 9, NOW - 1]);
  });
});

describe('compareByNeed', () => {
  const order = (...list: Partial<AttentionFacts>[]) =>
    list
      .map((more, i) => look({ patientId: `p${i}`, ...more }))
      .toSorted(compareByNeed)
      .map(({ patientId }) => patientId);
  it.each<[string, Partial<AttentionFacts>[], string[]]>([
    ['by rule', [{}, { openFlags: [flag('red')] }, { openFlags: [flag('urgent')] }], ['p2', 'p1', 'p0']],
    [
      'the earlier deadline',
      [{ waitingCheckIn: { dueAtMs: NOW + 2 } }, { waitingCheckIn: { dueAtMs: NOW + 1 } }],
      ['p1', 'p0'],
    ],
    ['the worse pain', [{ worstPain7Days: 6 }, { worstPain7Days: 9 }], ['p1', 'p0']],
    ['the longer silence', [{ lastLogAtMs: NOW - 4 * DAY_MS }, { lastLogAtMs: NOW - 5 * DAY_MS }], ['p1', 'p0']],
    ['the nearer visit', [{ nextVisitAtMs: NOW + 2 * DAY_MS }, { nextVisitAtMs: NOW + 2 * DAY_MS - 1 }], ['p1', 'p0']],
    [
      'the second reason',
      [
        { worstPain7Days: 6, nextVisitAtMs: NOW + 2 * DAY_MS },
        { worstPain7Days: 6, nextVisitAtMs: NOW + HOUR_MS },
      ],
      ['p1', 'p0'],
    ],
    [
      'more reasons before fewer',
      [{ worstPain7Days: 6 }, { worstPain7Days: 6, nextVisitAtMs: NOW + HOUR_MS }],
      ['p1', 'p0'],
    ],
    ['the id at last', [{ patientId: 'b' }, { patientId: 'a' }], ['a', 'b']],
  ])('%s', (_, list, ids) => {
    expect(order(...list)).toEqual(ids);
  });

  const near = fc.integer({ min: -4 * DAY_MS, max: 4 * DAY_MS }).map((ms) => NOW + ms);
  const anyone: fc.Arbitrary<Attention> = fc
    .record({
      patientId: fc.constantFrom('a', 'b', 'c'),
      openFlags: fc.array(
        fc.record({
          severity: fc.constantFrom('amber' as const, 'red' as const, 'urgent' as const),
          kind: fc.constant('pain'),
          raisedAtMs: near,
        }),
        { maxLength: 2 },
      ),
      waitingCheckIn: fc.option(near.map((dueAtMs) => ({ dueAtMs }))),
      lastLogAtMs: fc.option(near),
      worstPain7Days: fc.option(fc.integer({ min: 0, max: 10 })),
      nextVisitAtMs: fc.option(near),
      reassessInDays: fc.option(fc.integer({ min: -400, max: 400 })),
      hasProgram: fc.boolean(),
      joined: fc.boolean(),
    })
    .map((some) => attention({ facts: some, policy: DEFAULT_PAIN_POLICY, nowMs: NOW }));

  it('is a total order: antisymmetric, transitive, 0 only for equals', () => {
    fc.assert(
      fc.property(anyone, anyone, anyone, (a, b, c) => {
        expect(Math.sign(compareByNeed(a, b)) + Math.sign(compareByNeed(b, a))).toBe(0);
        if (compareByNeed(a, b) <= 0 && compareByNeed(b, c) <= 0) expect(compareByNeed(a, c)).toBeLessThanOrEqual(0);
        if (compareByNeed(a, b) === 0) expect(a).toEqual(b);
        expect(compareByNeed(a, a)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
  it('sorts to the same list from any order', () => {
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 8 }), (list) => {
        expect(list.toReversed().toSorted(compareByNeed)).toEqual(list.toSorted(compareByNeed));
      }),
    );
  });
  it('reasons go from more to less urgent', () => {
    const rank = { red_flag: 0, look_today: 1, due: 2, fine: 3 };
    fc.assert(
      fc.property(anyone, ({ reasons, urgency }) => {
        const ranks = reasons.map((one) => rank[one.urgency]);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(rank[urgency]).toBe(ranks[0]);
      }),
    );
  });
});
