import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callFor,
  DEFAULT_PAIN_POLICY,
  flagFor,
  hasSettled,
  type PainFacts,
  painPolicySchema,
  painZone,
  RED_FLAG_QUESTIONS,
  type RedFlag,
  redFlagSchema,
  type Zone,
} from './pain-policy';

const POLICY = DEFAULT_PAIN_POLICY;
const facts = (more: Partial<PainFacts> = {}): PainFacts => ({
  pain: null,
  baseline: null,
  redFlags: [],
  prescriptionLimit: null,
  policy: POLICY,
  ...more,
});
const RANK: Record<Zone, number> = { none: -1, green: 0, amber: 1, red: 2, urgent: 3 };

const score = fc.integer({ min: 0, max: 10 });
const policies = fc
  .tuple(
    fc.integer({ min: 1, max: 10 }),
    fc.integer({ min: 1, max: 10 }),
    fc.integer({ min: 1, max: 10 }),
    fc.integer({ min: 1, max: 10 }),
  )
  .map(([redRise, ...from]) => {
    const [amberFrom = 1, redFrom = 1, urgentFrom = 1] = from.sort((a, b) => a - b);
    return { ...POLICY, amberFrom, redFrom, urgentFrom, redRise };
  });
const anyFacts = fc.record({
  pain: fc.option(score),
  baseline: fc.option(score),
  redFlags: fc.constant<RedFlag[]>([]),
  prescriptionLimit: fc.option(score),
  policy: policies,
});

describe('painPolicySchema', () => {
  it.each([
    [{}, true],
    [{ amberFrom: 1, redFrom: 1, urgentFrom: 1, redRise: 1 }, true],
    [{ urgentFrom: 10, redRise: 10 }, true],
    [{ amberFrom: 0 }, false],
    [{ amberFrom: 6 }, true],
    [{ amberFrom: 7 }, false],
    [{ redFrom: 8 }, true],
    [{ redFrom: 9 }, false],
    [{ urgentFrom: 11 }, false],
    [{ redRise: 0 }, false],
    [{ redRise: 11 }, false],
    [{ redFrom: 5.5 }, false],
    [{ version: 0 }, false],
    [{ source: '' }, false],
    [{ note: '\0' }, false],
  ])('%j: %s', (change, valid) => {
    expect(painPolicySchema.safeParse({ ...POLICY, ...change }).success).toBe(valid);
  });

  it('the default says what it is', () => {
    expect(painPolicySchema.parse(POLICY)).toEqual(POLICY);
    expect(POLICY).toMatchObject({ version: 1, amberFrom: 4, redFrom: 6, redRise: 3, urgentFrom: 8 });
    expect(POLICY.note).toBe('default, not a recommendation');
  });
});

describe('painZone', () => {
  it.each<[number | null, string, string, string, string]>([
    [null, 'none', 'not_answered', 'go_on', 'pain.notAnswered'],
    [0, 'green', 'below_amber', 'go_on', 'pain.green'],
    [3, 'green', 'below_amber', 'go_on', 'pain.green'],
    [4, 'amber', 'amber_from', 'ease_off', 'pain.amber'],
    [5, 'amber', 'amber_from', 'ease_off', 'pain.amber'],
    [6, 'red', 'red_from', 'stop_exercise', 'pain.red'],
    [7, 'red', 'red_from', 'stop_exercise', 'pain.red'],
    [8, 'urgent', 'urgent_from', 'stop_and_call', 'pain.urgent'],
    [10, 'urgent', 'urgent_from', 'stop_and_call', 'pain.urgent'],
  ])('pain %s alone is %s', (pain, zone, rule, act, key) => {
    expect(painZone(facts({ pain }))).toMatchObject({ zone, rule, act, key });
  });

  it.each<[number, number | null, string, string, string]>([
    [2, 0, 'green', 'below_amber', 'pain.green'],
    [3, 0, 'red', 'red_rise', 'pain.risen'],
    [5, 3, 'amber', 'amber_from', 'pain.amber'],
    [5, 2, 'red', 'red_rise', 'pain.risen'],
    [5, 9, 'amber', 'amber_from', 'pain.amber'],
    [7, 1, 'red', 'red_from', 'pain.red'],
    [8, 1, 'urgent', 'urgent_from', 'pain.urgent'],
  ])('pain %i over a baseline of %i is %s', (pain, baseline, zone, rule, key) => {
    expect(painZone(facts({ pain, baseline }))).toMatchObject({ zone, rule, key });
  });

  it.each<[number, number, string, string]>([
    [2, 2, 'green', 'below_amber'],
    [3, 2, 'red', 'prescription_limit'],
    [1, 0, 'red', 'prescription_limit'],
    [4, 4, 'amber', 'amber_from'],
    [5, 4, 'red', 'prescription_limit'],
    [6, 4, 'red', 'red_from'],
    [6, 10, 'red', 'red_from'],
    [8, 10, 'urgent', 'urgent_from'],
  ])('pain %i with a limit of %i is %s', (pain, prescriptionLimit, zone, rule) => {
    const answer = painZone(facts({ pain, prescriptionLimit }));
    expect(answer).toMatchObject({ zone, rule });
    if (rule === 'prescription_limit') expect(answer).toMatchObject({ key: 'pain.overLimit', act: 'stop_exercise' });
  });

  it.each<[Partial<PainFacts>, { pain: number; limit: number; threshold: number }]>([
    [{ pain: 3 }, { pain: 3, limit: 5, threshold: 4 }],
    [
      { pain: 3, prescriptionLimit: 4 },
      { pain: 3, limit: 4, threshold: 4 },
    ],
    [
      { pain: 3, prescriptionLimit: 9 },
      { pain: 3, limit: 5, threshold: 4 },
    ],
    [
      { pain: 3, baseline: 1 },
      { pain: 3, limit: 3, threshold: 4 },
    ],
    [
      { pain: 4, baseline: 1 },
      { pain: 4, limit: 3, threshold: 3 },
    ],
    [{ pain: 4 }, { pain: 4, limit: 5, threshold: 4 }],
    [
      { pain: 5, prescriptionLimit: 2 },
      { pain: 5, limit: 2, threshold: 2 },
    ],
    [{ pain: 6 }, { pain: 6, limit: 5, threshold: 6 }],
    [{ pain: 9 }, { pain: 9, limit: 5, threshold: 8 }],
    [
      { pain: 1, baseline: 0, policy: { ...POLICY, redRise: 1, redFrom: 1, amberFrom: 1 } },
      { pain: 1, limit: 0, threshold: 1 },
    ],
  ])('%j says %j', (change, values) => {
    expect(painZone(facts(change)).values).toEqual(values);
  });

  it.each<[RedFlag[], string]>([
    [['sudden_loss'], 'pain.callClinic'],
    [['infection'], 'pain.callToday'],
    [['infection', 'colour_or_cold'], 'pain.callClinic'],
    [['sudden_loss', 'emergency_signs'], 'pain.callEmergency'],
  ])('a red flag is urgent whatever the pain: %j', (redFlags, key) => {
    for (const pain of [null, 0, 10]) {
      expect(painZone(facts({ pain, redFlags }))).toEqual({
        zone: 'urgent',
        rule: 'red_flag',
        key,
        values: {},
        act: 'stop_and_call',
      });
    }
  });

  it('never eases as pain rises', () => {
    fc.assert(
      fc.property(anyFacts, score, score, (some, a, b) => {
        const lower = painZone({ ...some, pain: Math.min(a, b) });
        const higher = painZone({ ...some, pain: Math.max(a, b) });
        expect(RANK[higher.zone]).toBeGreaterThanOrEqual(RANK[lower.zone]);
      }),
    );
  });

  it('a limit or a baseline only makes it stricter', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const plain = painZone({ ...some, baseline: null, prescriptionLimit: null });
        expect(RANK[painZone(some).zone]).toBeGreaterThanOrEqual(RANK[plain.zone]);
      }),
    );
  });

  it('not answered is never green, and the limit it names is never red', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        expect(painZone({ ...some, pain: null }).zone).toBe('none');
        const limit = painZone({ ...some, pain: 5 }).values.limit ?? -1;
        const isStop = (pain: number) => RANK[painZone({ ...some, pain }).zone] >= RANK.red;
        if (limit > 0) expect(isStop(limit)).toBe(false);
        expect(isStop(limit + 1)).toBe(true);
      }),
    );
  });
});

describe('flagFor', () => {
  it.each<[Zone, boolean, string | null]>([
    ['none', false, null],
    ['none', true, null],
    ['green', false, null],
    ['green', true, null],
    ['amber', false, null],
    ['amber', true, 'amber'],
    ['red', false, 'red'],
    ['red', true, 'red'],
    ['urgent', false, 'urgent'],
    ['urgent', true, 'urgent'],
  ])('%s, still there next morning: %s', (zone, isStillThere, severity) => {
    expect(flagFor(zone, isStillThere)).toEqual(severity === null ? null : { severity });
  });
  it('amber alone raises none', () => {
    expect(flagFor('amber')).toBeNull();
  });
});

describe('hasSettled', () => {
  it.each<[number | null, number | null, boolean | null]>([
    [null, 2, null],
    [null, null, null],
    [3, null, true],
    [4, null, false],
    [3, 2, true],
    [3, 1, false],
    [0, 5, true],
    [4, 4, false],
  ])('morning pain %s with a baseline of %s: %s', (morningPain, baseline, expected) => {
    expect(hasSettled({ morningPain, baseline, policy: POLICY })).toBe(expected);
  });
});

describe('red flag questions', () => {
  it('asks each flag once, under its own key', () => {
    expect(RED_FLAG_QUESTIONS.map(({ code }) => code).sort()).toEqual([...redFlagSchema.options].sort());
    for (const { code, key } of RED_FLAG_QUESTIONS) expect(key).toBe(`pain.redFlag.${code}`);
  });
  it.each<[RedFlag, string]>([
    ['sudden_loss', 'clinic_now'],
    ['infection', 'doctor_today'],
    ['colour_or_cold', 'clinic_now'],
    ['spreading_numbness', 'clinic_now'],
    ['tight_dressing', 'clinic_now'],
    ['hot_joint', 'clinic_now'],
    ['emergency_signs', 'emergency'],
  ])('%s calls %s', (code, call) => {
    expect(callFor([code])).toBe(call);
  });
  it('calls nobody without a flag', () => {
    expect(callFor([])).toBeNull();
  });
});
