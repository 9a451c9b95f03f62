import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/time/local-day';
import { forbiddenTest, type PlannedTest, type TestFacts } from './forbidden';
import type { MotionLimit, Restriction, RestrictionLimit } from './restriction';

const DAY = '2026-11-19';
const NOTHING: TestFacts = { stops: [], restrictions: [], side: 'right', surgeryOn: null, onDay: DAY };
const test = (kind: string, more: Partial<PlannedTest> = {}): PlannedTest => ({
  ...{ kind, activity: null, side: 'right', joint: null, digit: null, motion: null },
  ...more,
});
const passive = (more: Partial<PlannedTest> = {}) =>
  test('joint', { activity: 'passive', joint: 'pip', digit: 'index', motion: 'flexion', ...more });
const restriction = (limit: RestrictionLimit, more: Partial<Restriction> = {}): Restriction => ({
  ...{ id: 'r', side: 'right', limit, untilOn: null, liftedAt: null },
  ...more,
});
const motion = (more: Partial<MotionLimit> = {}): RestrictionLimit => ({
  ...{ v: 1, kind: 'motion', joint: 'pip', digits: null, motion: null, activity: 'both', maxDegrees: null },
  ...more,
});
const whys = (one: PlannedTest, facts: Partial<TestFacts>) =>
  (forbiddenTest(one, { ...NOTHING, ...facts }) ?? []).map(({ why }) => why);

const GRIP = test('grip');
const TIP = test('pinch_tip');

describe('what forbids a test', () => {
  it.each(['grip', 'pinch_tip', 'pinch_key', 'pinch_palmar'])('nothing forbids %s where nothing is said', (kind) => {
    expect(forbiddenTest(test(kind), NOTHING)).toBeNull();
  });

  const stop = { lineageId: null, severity: 'urgent' as const, saidAt: 1 };
  const ofExercise = { ...stop, lineageId: 'putty', severity: 'red' as const };
  it.each([
    ['grip while everything is stopped', GRIP, stop, ['stop']],
    ['grip of the other hand while everything is stopped', test('grip', { side: 'left' }), stop, ['stop']],
    ['grip while one exercise of the hand is stopped', GRIP, ofExercise, ['stop']],
    ['grip of the other hand while one exercise is stopped', test('grip', { side: 'left' }), ofExercise, []],
    ['passive motion while everything is stopped', passive(), stop, ['stop']],
    ['active motion is never forbidden', passive({ activity: 'active' }), stop, []],
    ['a peg test is never forbidden', test('nine_hole_peg'), stop, []],
  ])('%s', (_, one, held, expected) => {
    expect(whys(one, { stops: [held] })).toEqual(expected);
  });

  const NO_LOAD: RestrictionLimit = { v: 1, kind: 'load', maxKgf: null };
  const LIGHT: RestrictionLimit = { v: 1, kind: 'load', maxKgf: 1.5 };
  it.each<[string, PlannedTest, RestrictionLimit, boolean]>([
    ['no load: no grip', GRIP, NO_LOAD, true],
    ['no load above 1.5 kgf: no grip, whose force is not known before', GRIP, LIGHT, true],
    ['no load: passive motion is none', passive(), NO_LOAD, false],
    ['no strength test: no pinch', TIP, { v: 1, kind: 'strength_test' }, true],
    ['no strength test: motion is none', passive(), { v: 1, kind: 'strength_test' }, false],
    ['no water, no heat: grip stays', GRIP, { v: 1, kind: 'water' }, false],
    ['a splint forbids no test by itself', GRIP, { v: 1, kind: 'splint', when: 'at night' }, false],
    ['words forbid none by themselves', GRIP, { v: 1, kind: 'other', text: 'no gardening' }, false],
    ['no passive motion of middle joints: not tested', passive(), motion({ activity: 'passive' }), true],
    ['assisted motion is partly somebody else’s force', passive({ activity: 'assisted' }), motion(), true],
    ['only active motion is limited: passive is tested', passive(), motion({ activity: 'active' }), false],
    ['of the ring finger alone: the index is tested', passive(), motion({ digits: ['ring'] }), false],
    ['of the index finger: not tested', passive(), motion({ digits: ['index', 'ring'] }), true],
    ['of big knuckles: the middle joint is tested', passive(), motion({ joint: 'mcp' }), false],
    ['only straightening is limited: bending is tested', passive(), motion({ motion: 'extension' }), false],
    [
      'bending to 60° at most: the end of it is not sought',
      passive(),
      motion({ motion: 'flexion', maxDegrees: 60 }),
      true,
    ],
    ['passive total of a finger with a limited joint', passive({ kind: 'total_motion', joint: null }), motion(), true],
    [
      'passive total of another finger',
      passive({ kind: 'total_motion', joint: null, digit: 'little' }),
      motion({ digits: ['index'] }),
      false,
    ],
    [
      'passive total of the thumb where its end joint is limited',
      passive({ kind: 'total_motion', joint: null, digit: 'thumb' }),
      motion({ joint: 'thumb_ip' }),
      true,
    ],
    [
      'wrist bent sideways, limited towards the little finger',
      passive({ joint: 'wrist', digit: null, motion: 'deviation' }),
      motion({ joint: 'wrist', motion: 'ulnar_deviation' }),
      true,
    ],
    [
      'towards the thumb where only towards the little finger is limited',
      passive({ joint: 'wrist', digit: null, motion: 'radial_deviation' }),
      motion({ joint: 'wrist', motion: 'ulnar_deviation' }),
      false,
    ],
    ['no active bending of fingers: no grip', GRIP, motion({ activity: 'active', motion: 'flexion' }), true],
    ['no active straightening of fingers: grip does not straighten', GRIP, motion({ motion: 'extension' }), false],
    ['no passive motion alone: grip is active', GRIP, motion({ activity: 'passive' }), false],
    ['the little finger is limited: a tip pinch does without it', TIP, motion({ digits: ['little'] }), false],
    ['the little finger is limited: a grip does not', GRIP, motion({ digits: ['little'] }), true],
    [
      'the middle finger is limited: a palmar pinch uses it',
      test('pinch_palmar'),
      motion({ digits: ['middle'] }),
      true,
    ],
    ['the base of the thumb is limited: no pinch', TIP, motion({ joint: 'thumb_cmc' }), true],
    [
      'the wrist is limited: grip strains it',
      GRIP,
      motion({ joint: 'wrist', motion: 'extension', maxDegrees: 30 }),
      true,
    ],
    ['turning the forearm is limited: grip does not turn it', GRIP, motion({ joint: 'forearm' }), false],
  ])('%s', (_, one, limit, isForbidden) => {
    expect(whys(one, { restrictions: [restriction(limit)] })).toEqual(isForbidden ? ['restriction'] : []);
  });

  it.each<[string, Partial<Restriction>, boolean]>([
    ['until it is lifted', {}, true],
    ['until tomorrow', { untilOn: addDays(DAY, 1) }, true],
    ['until today: it holds no more', { untilOn: DAY }, false],
    ['lifted', { liftedAt: 5 }, false],
    ['of the other hand', { side: 'left' }, false],
    ['of both hands', { side: 'both' }, true],
  ])('a restriction %s', (_, more, isForbidden) => {
    expect(whys(GRIP, { restrictions: [restriction(NO_LOAD, more)] })).toEqual(isForbidden ? ['restriction'] : []);
  });

  it.each<[string, PlannedTest, number, boolean]>([
    ['grip on the day of surgery', GRIP, 0, true],
    ['grip before it', GRIP, -1, false],
    ['grip on day 83', GRIP, 83, true],
    ['grip after 12 weeks', GRIP, 84, false],
    ['passive motion on day 20', passive(), 20, true],
    ['active motion on day 20', passive({ activity: 'active' }), 20, false],
    ['grip of the other hand on day 20', test('grip', { side: 'left' }), 20, false],
    ['grip of which no hand is named on day 20', test('grip', { side: null }), 20, true],
  ])('%s', (_, one, days, isForbidden) => {
    const surgeryOn = addDays(DAY, -days);
    expect(whys(one, { surgeryOn })).toEqual(isForbidden ? ['after_surgery'] : []);
  });

  it('gives every reason: stop, restriction, surgery, each with what a screen must say', () => {
    const facts = { ...NOTHING, surgeryOn: '2026-11-01', stops: [ofExercise], restrictions: [restriction(LIGHT)] };
    expect(forbiddenTest(GRIP, facts)).toEqual([
      { why: 'stop', severity: 'red', saidAt: 1 },
      { why: 'restriction', restrictionId: 'r', limit: LIGHT, untilOn: null },
      { why: 'after_surgery', surgeryOn: '2026-11-01', weeks: 12 },
    ]);
  });

  it('never forbids what loads nothing and moves nothing by force, whatever the record says', () => {
    const facts = {
      ...NOTHING,
      surgeryOn: DAY,
      stops: [stop],
      restrictions: [restriction(NO_LOAD), restriction(motion())],
    };
    const gentle = fc.constantFrom('kapandji', 'nine_hole_peg', 'circumference', 'monofilament', 'pain_now', 'joint');
    const activity = fc.constantFrom('active' as const, null);
    fc.assert(
      fc.property(gentle, activity, (kind, how) => forbiddenTest(test(kind, { activity: how }), facts) === null),
    );
  });

  it('one more restriction never frees a test', () => {
    const limits = fc.constantFrom<RestrictionLimit>(NO_LOAD, LIGHT, motion(), { v: 1, kind: 'heat' });
    const tests = fc.constantFrom(GRIP, TIP, passive());
    fc.assert(
      fc.property(tests, fc.array(limits), limits, (one, list, more) => {
        const before = forbiddenTest(one, { ...NOTHING, restrictions: list.map((limit) => restriction(limit)) });
        const after = forbiddenTest(one, {
          ...NOTHING,
          restrictions: [...list, more].map((limit) => restriction(limit)),
        });
        return (after?.length ?? 0) >= (before?.length ?? 0);
      }),
    );
  });
});
