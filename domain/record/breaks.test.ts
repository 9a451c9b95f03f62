import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dose } from '#domain/program/dose';
import { newLoad } from '#domain/program/load';
import { addDays } from '#domain/time/local-day';
import { breaksOf, type ExerciseFacts, type RestrictedWork, stillSigned, unsignedOf } from './breaks';
import type { MotionLimit, Restriction, RestrictionLimit } from './restriction';

const DAY = '2026-11-19';
const DOSE: Dose = {
  ...{ sets: 2, repsMin: 10, repsMax: 10, holdSeconds: 3, restSeconds: 30 },
  tempo: { closeSeconds: 2, holdSeconds: 0, openSeconds: 2 },
  ...{ load: newLoad('none'), effortTarget: null, painLimit: null },
  schedule: { v: 1, kind: 'per_day', times: 2, days: null },
};
/** As the library has them. */
const LIBRARY = {
  putty: { slug: 'putty-squeeze', category: 'putty', muscleGroup: ['flexors', 'forearm'], equipment: ['putty'] },
  jar: { slug: 'open-a-jar', category: 'daily_task', muscleGroup: ['flexors', 'wrist'], equipment: ['jar', 'table'] },
  glides: { slug: 'tendon-glides', category: 'tendon_glide', muscleGroup: ['flexors', 'small_muscles'], equipment: [] },
  block: {
    slug: 'middle-joint-block',
    category: 'range_of_motion',
    muscleGroup: ['flexors'],
    equipment: ['other_hand'],
  },
  stretch: { slug: 'gentle-finger-stretch', category: 'recovery', muscleGroup: ['flexors'], equipment: ['other_hand'] },
  massage: { slug: 'hand-massage', category: 'recovery', muscleGroup: ['flexors'], equipment: ['other_hand'] },
  spread: {
    slug: 'fingers-spread-and-close',
    category: 'range_of_motion',
    muscleGroup: ['small_muscles'],
    equipment: [],
  },
  thumb: { slug: 'thumb-to-each-fingertip', category: 'range_of_motion', muscleGroup: ['thumb'], equipment: [] },
  wrist: { slug: 'wrist-bend-and-straighten', category: 'wrist', muscleGroup: ['wrist', 'forearm'], equipment: [] },
  weight: { slug: 'wrist-lift-with-weight', category: 'wrist', muscleGroup: ['wrist'], equipment: ['weight'] },
  bath: { slug: 'warm-water-hand', category: 'recovery', muscleGroup: ['flexors'], equipment: ['warm_water'] },
  feel: { slug: 'feel-and-guess', category: 'sensory', muscleGroup: [], equipment: ['bag_of_objects'] },
  breathe: { slug: 'settle-and-breathe', category: 'preparation', muscleGroup: ['shoulder'], equipment: ['chair'] },
} as const satisfies Record<string, ExerciseFacts>;
type Name = keyof typeof LIBRARY;

function work(name: Name, more: Partial<RestrictedWork> = {}, load = newLoad('none')): RestrictedWork {
  return {
    ...{ lineageId: name, exerciseVersionId: name, side: 'right', digits: [], fromOn: null, untilOn: null },
    exercise: LIBRARY[name],
    dose: { ...DOSE, load },
    ...more,
  };
}
const restriction = (limit: RestrictionLimit, more: Partial<Restriction> = {}): Restriction => ({
  ...{ id: 'r', side: 'right', limit, untilOn: null, liftedAt: null },
  ...more,
});
const how = (one: RestrictedWork, limit: RestrictionLimit, more: Partial<Restriction> = {}, day = DAY) =>
  breaksOf([restriction(limit, more)], [one], day).map((found) => found.how)[0] ?? null;

const NO_LOAD: RestrictionLimit = { v: 1, kind: 'load', maxKgf: null };
const LIGHT: RestrictionLimit = { v: 1, kind: 'load', maxKgf: 1.5 };
const kgf = (value: number | null) => ({ ...newLoad('putty'), kgf: value });
const motion = (more: Partial<MotionLimit>): RestrictionLimit => ({
  ...{ v: 1, kind: 'motion', joint: 'pip', digits: null, motion: null, activity: 'both', maxDegrees: null },
  ...more,
});

describe('a load', () => {
  it.each<[string, RestrictedWork, RestrictionLimit, string | null]>([
    ['none at all: putty is one, whatever it weighs', work('putty'), NO_LOAD, 'over'],
    ['none at all: gliding tendons is none', work('glides'), NO_LOAD, null],
    ['none at all: gliding against a band is one', work('glides', {}, newLoad('band')), NO_LOAD, 'over'],
    ['none at all: nobody knows how hard a jar is', work('jar'), NO_LOAD, 'unknown'],
    ['1.5 kgf: putty of 2 kgf', work('putty', {}, kgf(2)), LIGHT, 'over'],
    ['1.5 kgf: putty of 1.5 kgf', work('putty', {}, kgf(1.5)), LIGHT, null],
    ['1.5 kgf: putty that nobody measured', work('putty', {}, kgf(null)), LIGHT, 'unknown'],
    ['1.5 kgf: putty without a load entered', work('putty'), LIGHT, 'unknown'],
    ['1.5 kgf: half of one’s best effort', work('glides', {}, { ...newLoad('effort'), percent: 50 }), LIGHT, 'unknown'],
    ['1.5 kgf: a weight of 1 kgf', work('weight', {}, { ...newLoad('weight'), kgf: 1 }), LIGHT, null],
    ['1.5 kgf: bending the wrist without a weight', work('wrist'), LIGHT, null],
  ])('%s', (_, one, limit, expected) => {
    expect(how(one, limit)).toBe(expected);
  });
});

describe('a motion', () => {
  it.each<[string, RestrictedWork, RestrictionLimit, string | null]>([
    ['no bending of middle joints: the block is that', work('block'), motion({ motion: 'flexion' }), 'over'],
    ['to 60°: nobody knows how far it goes', work('block'), motion({ motion: 'flexion', maxDegrees: 60 }), 'unknown'],
    ['no straightening: a block comes back, too', work('block'), motion({ motion: 'extension' }), 'unknown'],
    ['no bending of middle joints: gliding bends them', work('glides'), motion({ motion: 'flexion' }), 'unknown'],
    [
      'of the ring finger, the index is prescribed',
      work('glides', { digits: ['index'] }),
      motion({ digits: ['ring'] }),
      null,
    ],
    [
      'of the ring finger, it is among them',
      work('glides', { digits: ['index', 'ring'] }),
      motion({ digits: ['ring'] }),
      'unknown',
    ],
    ['of the ring finger, no finger is named', work('glides'), motion({ digits: ['ring'] }), 'unknown'],
    ['of fingers: the shoulder breathes', work('breathe'), motion({}), null],
    ['of the thumb: gliding of fingers and thumb', work('glides'), motion({ joint: 'thumb_cmc' }), 'unknown'],
    ['of the thumb: a finger stretch', work('stretch'), motion({ joint: 'thumb_cmc' }), null],
    ['of the thumb: thumb to fingertips', work('thumb'), motion({ joint: 'thumb_cmc', motion: 'flexion' }), 'unknown'],
    ['of the wrist: bending the wrist', work('wrist'), motion({ joint: 'wrist' }), 'over'],
    ['of the wrist: gliding', work('glides'), motion({ joint: 'wrist' }), null],
    ['turning the forearm: bending the wrist uses it', work('wrist'), motion({ joint: 'forearm' }), 'unknown'],
    ['spreading: fingers spread', work('spread'), motion({ joint: 'mcp', motion: 'abduction' }), 'over'],
    ['bending big knuckles: fingers only spread', work('spread'), motion({ joint: 'mcp', motion: 'flexion' }), null],
    ['only active: the other hand stretches', work('stretch'), motion({ activity: 'active' }), null],
    ['only passive: the other hand stretches', work('stretch'), motion({ activity: 'passive' }), 'unknown'],
    ['only passive: the other hand rubs', work('massage'), motion({ activity: 'passive' }), 'unknown'],
    ['only passive: a block is bent by itself', work('block'), motion({ activity: 'passive' }), null],
    ['only passive: gliding', work('glides'), motion({ activity: 'passive' }), null],
    ['feeling objects: the library names no joint', work('feel'), motion({}), null],
  ])('%s', (_, one, limit, expected) => {
    expect(how(one, limit)).toBe(expected);
  });
});

describe('everything else', () => {
  it.each<[string, Name, RestrictionLimit, string | null]>([
    ['no heat: warm water', 'bath', { v: 1, kind: 'heat' }, 'over'],
    ['no water: warm water', 'bath', { v: 1, kind: 'water' }, 'over'],
    ['no water: putty', 'putty', { v: 1, kind: 'water' }, null],
    ['no strength test says nothing of exercises', 'putty', { v: 1, kind: 'strength_test' }, null],
    ['no driving', 'putty', { v: 1, kind: 'driving' }, null],
    ['a splint', 'putty', { v: 1, kind: 'splint', when: 'at night' }, null],
    ['words', 'putty', { v: 1, kind: 'other', text: 'no putty' }, null],
  ])('%s', (_, name, limit, expected) => {
    expect(how(work(name), limit)).toBe(expected);
  });

  it.each<[string, Partial<RestrictedWork>, Partial<Restriction>, boolean]>([
    ['until it is lifted', {}, {}, true],
    ['lifted', {}, { liftedAt: 1 }, false],
    ['until today', {}, { untilOn: DAY }, false],
    ['until tomorrow', {}, { untilOn: addDays(DAY, 1) }, true],
    ['begins when it holds no more', { fromOn: '2026-12-01' }, { untilOn: '2026-12-01' }, false],
    ['begins a day before that', { fromOn: '2026-11-30' }, { untilOn: '2026-12-01' }, true],
    ['has ended', { untilOn: '2026-11-18' }, {}, false],
    ['ends today', { untilOn: DAY }, {}, true],
    ['of the other hand', { side: 'left' }, {}, false],
    ['of both hands', { side: 'both' }, {}, true],
    ['both hands are restricted', { side: 'left' }, { side: 'both' }, true],
  ])('putty that is not to be loaded, %s', (_, one, more, isBroken) => {
    expect(how(work('putty', one), NO_LOAD, more)).toBe(isBroken ? 'over' : null);
  });

  it('names each prescription with each restriction, in the order of the program', () => {
    const two = [restriction(NO_LOAD, { id: 'load' }), restriction(motion({}), { id: 'motion' })];
    expect(breaksOf(two, [work('putty'), work('breathe'), work('glides')], DAY)).toEqual([
      { restrictionId: 'load', lineageId: 'putty', how: 'over' },
      { restrictionId: 'motion', lineageId: 'putty', how: 'unknown' },
      { restrictionId: 'motion', lineageId: 'glides', how: 'unknown' },
    ]);
  });
});

describe('what was signed', () => {
  const broken = { restrictionId: 'r', lineageId: 'putty', how: 'over' as const };
  const signed = { restrictionId: 'r', lineageId: 'putty', signedIn: 2 };

  it('asks no second time for the same restriction of the same exercise', () => {
    expect(unsignedOf([broken], [signed])).toEqual([]);
    expect(unsignedOf([broken], [{ ...signed, restrictionId: 'another' }])).toEqual([broken]);
    expect(unsignedOf([broken], [{ ...signed, lineageId: 'another' }])).toEqual([broken]);
  });

  it('asks again where more is asked of the exercise, not where another changes', () => {
    const before = [work('putty'), work('glides')];
    const more = { ...work('putty'), dose: { ...DOSE, sets: 3 } };
    expect(stillSigned([signed], before, [work('putty'), { ...work('glides'), dose: { ...DOSE, sets: 9 } }])).toEqual([
      signed,
    ]);
    expect(stillSigned([signed], before, [more, work('glides')])).toEqual([]);
  });
});

describe('properties', () => {
  const names = fc.constantFrom(...(Object.keys(LIBRARY) as Name[]));
  const loads = fc.option(fc.double({ min: 0.1, max: 100, noNaN: true }), { nil: null });

  it('a stricter limit of load breaks all that a laxer one breaks, and none at all the most', () => {
    const max = fc.double({ min: 0.1, max: 100, noNaN: true });
    fc.assert(
      fc.property(names, loads, max, max, (name, load, a, b) => {
        const one = work(name, {}, kgf(load));
        const [strict, lax] = a < b ? [a, b] : [b, a];
        const breaks = (maxKgf: number | null) => how(one, { v: 1, kind: 'load', maxKgf }) !== null;
        return (!breaks(lax) || breaks(strict)) && (!breaks(strict) || breaks(null));
      }),
    );
  });

  it('a restriction of both ways of moving breaks all that one of one way does', () => {
    const joints = fc.constantFrom('mcp' as const, 'pip' as const, 'thumb_mcp' as const, 'wrist' as const);
    const ways = fc.constantFrom('active' as const, 'passive' as const);
    fc.assert(
      fc.property(names, joints, ways, (name, joint, activity) => {
        const one = how(work(name), motion({ joint, activity }));
        return one === null || how(work(name), motion({ joint, activity: 'both' })) !== null;
      }),
    );
  });
});
