import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jointSchema } from '#domain/annotation/mark';
import { addDays } from '#domain/time/local-day';
import { limitWords } from './limit-words';
import {
  coversMotion,
  isOfHand,
  isRestricting,
  MOTIONS_OF_JOINT,
  RESTRICTED_JOINTS,
  type RestrictionLimit,
  restrictionLimitSchema,
} from './restriction';

const PIP = {
  v: 1,
  kind: 'motion',
  joint: 'pip',
  digits: null,
  motion: 'flexion',
  activity: 'both',
  maxDegrees: 60,
} as const;

describe('a limit that is typed in', () => {
  it.each<[string, unknown, boolean]>([
    ['no load', { v: 1, kind: 'load', maxKgf: null }, true],
    ['1.5 kgf', { v: 1, kind: 'load', maxKgf: 1.5 }, true],
    ['a negative load', { v: 1, kind: 'load', maxKgf: -1 }, false],
    ['no load is null, never 0', { v: 1, kind: 'load', maxKgf: 0 }, false],
    ['a load that nobody lifts', { v: 1, kind: 'load', maxKgf: 1e9 }, false],
    ['a load that is no number', { v: 1, kind: 'load', maxKgf: Number.NaN }, false],
    ['a load in words', { v: 1, kind: 'load', maxKgf: '12 N' }, false],
    ['middle joints to 60°', PIP, true],
    ['not at all', { ...PIP, motion: null, maxDegrees: null }, true],
    ['degrees of no direction', { ...PIP, motion: null }, false],
    ['a middle joint that turns', { ...PIP, motion: 'pronation' }, false],
    ['a middle joint of the thumb', { ...PIP, digits: ['thumb'] }, false],
    ['of no finger', { ...PIP, digits: [] }, false],
    ['fingers of a wrist', { ...PIP, joint: 'wrist', digits: ['index'] }, false],
    ['a joint that does not exist', { ...PIP, joint: 'elbow' }, false],
    ['more degrees than a joint has', { ...PIP, maxDegrees: 1e9 }, false],
    ['a splint without when', { v: 1, kind: 'splint', when: '' }, false],
    ['a kind that does not exist', { v: 1, kind: 'flying' }, false],
    ['a version that does not exist', { v: 2, kind: 'water' }, false],
  ])('%s', (_, limit, isTaken) => {
    expect(restrictionLimitSchema.safeParse(limit).success).toBe(isTaken);
  });
});

describe('the days on which it holds', () => {
  it.each([
    ['the day before', '2026-11-30', true],
    ['the day itself', '2026-12-01', false],
    ['long after', '2027-12-01', false],
  ])('before 1 December: %s', (_, day, holds) => {
    expect(isRestricting({ untilOn: '2026-12-01', liftedAt: null }, day)).toBe(holds);
  });

  it('once it holds no more, it never does again', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(days, days, days, (until, a, b) => {
        const one = { untilOn: addDays('2026-01-01', until), liftedAt: null };
        const [first, later] = a < b ? [a, b] : [b, a];
        return isRestricting(one, addDays('2026-01-01', first)) || !isRestricting(one, addDays('2026-01-01', later));
      }),
    );
  });
});

describe('words', () => {
  it.each<[string, RestrictionLimit, string, Record<string, unknown>]>([
    ['no load', { v: 1, kind: 'load', maxKgf: null }, 'limit.noLoad', {}],
    ['a load', { v: 1, kind: 'load', maxKgf: 1.5 }, 'limit.loadAbove', { kgf: 1.5 }],
    ['water', { v: 1, kind: 'water' }, 'limit.water', {}],
    ['bending to 60°', PIP, 'limit.motionTo', { joint: 'pip', motion: 'flexion', activity: 'both', degrees: 60 }],
    ['30° short of straight', { ...PIP, motion: 'extension', maxDegrees: 30 }, 'limit.motionShort', { degrees: 30 }],
    ['5° past straight', { ...PIP, motion: 'extension', maxDegrees: -5 }, 'limit.motionPast', { degrees: 5 }],
    ['straight', { ...PIP, motion: 'extension', maxDegrees: 0 }, 'limit.motionStraight', {}],
    [
      'a wrist is lifted from neutral',
      { ...PIP, joint: 'wrist', motion: 'extension', maxDegrees: 30 },
      'limit.motionTo',
      { joint: 'wrist', degrees: 30 },
    ],
    ['in no direction', { ...PIP, motion: null, maxDegrees: null }, 'limit.motion', { motion: 'any' }],
  ])('%s', (_, limit, key, values) => {
    expect(limitWords(limit)).toMatchObject({ key, values });
  });

  it('never say a bare sign', () => {
    const joints = fc.constantFrom('mcp' as const, 'pip' as const, 'dip' as const, 'thumb_ip' as const);
    fc.assert(
      fc.property(joints, fc.integer({ min: -90, max: 180 }), (joint, maxDegrees) => {
        const { degrees } = limitWords({ ...PIP, joint, motion: 'extension', maxDegrees }).values;
        return degrees === undefined || Number(degrees) > 0;
      }),
    );
  });
});

describe('motions and hands', () => {
  it('are of all joints that are measured', () => {
    expect([...RESTRICTED_JOINTS]).toEqual(jointSchema.options);
  });

  it.each([
    ['flexion', 'flexion', true],
    ['flexion', 'extension', false],
    [null, 'pronation', true],
    ['deviation', 'ulnar_deviation', true],
    ['ulnar_deviation', 'deviation', true],
    ['ulnar_deviation', 'radial_deviation', false],
    ['palmar_abduction', 'abduction', true],
    ['abduction', 'ulnar_deviation', false],
  ] as const)('%s covers %s: %s', (restricted, motion, covers) => {
    expect(coversMotion(restricted, motion)).toBe(covers);
  });

  it('every motion of a joint is covered by itself and by any', () => {
    for (const motion of Object.values(MOTIONS_OF_JOINT).flat())
      expect(coversMotion(motion, motion) && coversMotion(null, motion)).toBe(true);
  });

  it.each([
    ['left', 'left', true],
    ['left', 'right', false],
    ['both', 'right', true],
    ['left', 'both', true],
  ] as const)('%s and %s: %s', (one, other, same) => {
    expect(isOfHand(one, other)).toBe(same);
    expect(isOfHand(other, one)).toBe(same);
  });
});
