import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AngleMark,
  type AngleMeasurement,
  angleMeasurementSchema,
  digitsOf,
  jointSchema,
  motionsOf,
} from './mark';
import {
  type EarlierMeasurement,
  type LinkedExercise,
  prefillMeasurement,
  SAID_BY_SLUG,
  settleDigit,
} from './measurement-prefill';
import { isDoubtful } from './reach';

const LINEAGE = '0193593f-0000-7000-8000-000000000001';
const OTHER = '0193593f-0000-7000-8000-000000000002';

const exercise = (change: Partial<LinkedExercise> = {}): LinkedExercise => ({
  lineageId: LINEAGE,
  slug: 'putty-squeeze',
  category: 'putty',
  side: 'right',
  digits: [],
  ...change,
});

/** A joint that turns by so many degrees, clockwise as seen: a right finger from its thumb side bends the other way. */
function turned(degrees: number): Pick<AngleMark, 'points' | 'aspect'> {
  const radians = (degrees * Math.PI) / 180;
  const distal = { x: 0.5 + 0.2 * Math.cos(radians), y: 0.5 + 0.2 * Math.sin(radians) };
  return { points: [{ x: 0.3, y: 0.5 }, { x: 0.5, y: 0.5 }, distal], aspect: 1 };
}

const PIP: AngleMeasurement = {
  joint: 'pip',
  digit: 'index',
  side: 'right',
  motion: 'flexion',
  activity: 'active',
  view: 'radial',
};
const measured = (change: Partial<AngleMeasurement>, lineageId: string | null = OTHER): EarlierMeasurement => ({
  lineageId,
  measurement: { ...PIP, ...change },
});

type Given = Parameters<typeof prefillMeasurement>[0];
const prefill = (given: Partial<Given>) =>
  prefillMeasurement({ exercise: null, shownSide: null, earlier: [], angle: turned(-60), ...given });

describe('what a linked exercise says about an angle', () => {
  type Case = [string, Partial<LinkedExercise>, Partial<AngleMeasurement>];
  it.each<Case>([
    ['a squeeze says the side; the rest is what is measured most', {}, PIP],
    ['one digit is said', { digits: ['ring'] }, { ...PIP, digit: 'ring' }],
    ['of two digits the first', { digits: ['middle', 'ring'] }, { ...PIP, digit: 'middle' }],
    ['an unknown digit says none', { digits: ['sixth'] }, PIP],
    ['the thumb has an end joint', { digits: ['thumb'] }, { ...PIP, joint: 'thumb_ip', digit: 'thumb' }],
    ['a stretch is passive', { slug: 'gentle-finger-stretch' }, { ...PIP, activity: 'passive' }],
    [
      'a wrist has no digit, whatever the prescription lists',
      { slug: 'wrist-lift-with-weight', category: 'wrist', digits: ['index'] },
      { ...PIP, joint: 'wrist', motion: 'extension', digit: null, view: 'ulnar' },
    ],
    [
      'spreading shows from the back of the hand',
      { slug: 'fingers-spread-and-close' },
      { ...PIP, joint: 'mcp', motion: 'abduction', view: 'dorsal' },
    ],
    ['a name from the prototype is no exercise', { slug: 'constructor' }, PIP],
    ['an exercise that is gone', { slug: null, category: null }, PIP],
  ])('%s', (_, change, expected) => {
    expect(prefill({ exercise: exercise(change) })).toEqual(expected);
  });

  it('a wrist that goes both ways is measured the way it was drawn', () => {
    const wrist = exercise({ slug: 'wrist-bend-and-straighten', category: 'wrist' });
    const at = (degrees: number) => prefill({ exercise: wrist, angle: turned(degrees) });
    expect(at(-60)).toMatchObject({ joint: 'wrist', motion: 'flexion', view: 'radial', digit: null });
    // The same picture from the other side would do as well: the thumb side is the likelier.
    expect(at(60)).toMatchObject({ joint: 'wrist', view: 'ulnar', motion: 'flexion' });
  });

  it('is seen from the side from which the joint can stand so', () => {
    expect(prefill({ exercise: exercise() })).toMatchObject({ view: 'radial' });
    expect(prefill({ exercise: exercise(), angle: turned(60) })).toMatchObject({ view: 'ulnar' });
    expect(prefill({ exercise: exercise({ digits: ['little'] }), angle: turned(2) })).toMatchObject({ view: 'ulnar' });
  });
});

describe('which hand', () => {
  it('is the prescribed one before what stands on the picture', () => {
    expect(prefill({ exercise: exercise({ side: 'right' }), shownSide: 'left' }).side).toBe('right');
    expect(prefill({ exercise: exercise({ side: 'both' }), shownSide: 'left' }).side).toBe('left');
  });
  it('is never guessed', () => {
    expect(prefill({})).not.toHaveProperty('side');
    expect(prefill({ exercise: exercise({ side: 'both' }) })).not.toHaveProperty('side');
  });
  it('is that of the last measurement where nothing else names it', () => {
    expect(prefill({ earlier: [measured({ side: 'left' })] }).side).toBe('left');
  });
});

describe('what was measured before', () => {
  const middle = measured({ joint: 'mcp', digit: 'middle', view: 'ulnar' }, LINEAGE);
  const newest = measured({ joint: 'dip', digit: 'ring' });

  it('on the same exercise is measured again, before anything newer', () => {
    expect(prefill({ exercise: exercise(), earlier: [newest, middle] })).toEqual(middle.measurement);
  });
  it('without an exercise, the newest', () => {
    expect(prefill({ shownSide: 'right', earlier: [newest, middle] })).toEqual(newest.measurement);
  });
  it('of another joint than the exercise names is left out', () => {
    const block = exercise({ slug: 'middle-joint-block', digits: ['index'] });
    expect(prefill({ exercise: block, earlier: [newest] })).toEqual(PIP);
    const before = measured({ view: 'ulnar' });
    expect(prefill({ exercise: block, earlier: [newest, before] })).toEqual({ ...PIP, view: 'ulnar' });
  });
  it('of the other hand is left out', () => {
    const left = measured({ joint: 'dip', side: 'left' }, LINEAGE);
    expect(prefill({ exercise: exercise(), earlier: [left] })).toEqual(PIP);
  });
  it('keeps to itself that its value was unusual', () => {
    const unusual = measured({ unusual: true }, LINEAGE);
    expect(prefill({ exercise: exercise(), earlier: [unusual] })).toEqual(PIP);
  });
});

describe('a prefilled measurement', () => {
  const slugs = [...Object.keys(SAID_BY_SLUG), 'own', null];
  const given = fc.record({
    slug: fc.constantFrom(...slugs),
    category: fc.constantFrom('wrist', 'tendon_glide', 'range_of_motion', null),
    digits: fc.subarray(['thumb', 'index', 'middle', 'ring', 'little'], { minLength: 0 }),
    degrees: fc.integer({ min: -100, max: 100 }),
  });

  it('is complete as soon as the hand is known: the first one needs no choice', () => {
    fc.assert(
      fc.property(given, ({ degrees, ...said }) => {
        const prefilled = prefill({ exercise: exercise(said), angle: turned(degrees) });
        expect(angleMeasurementSchema.safeParse(prefilled).success).toBe(true);
      }),
    );
  });

  it('of a finger is not asked about where another view makes sense of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), (degrees) => {
        const prefilled = angleMeasurementSchema.parse(prefill({ exercise: exercise(), angle: turned(degrees) }));
        const anchor = { kind: 'live' as const };
        const mark = { kind: 'angle' as const, markId: LINEAGE, anchor, ...turned(degrees), side: prefilled.side };
        expect(isDoubtful({ ...mark, measurement: prefilled })).toBe(false);
      }),
    );
  });

  it('names only motions that its joint has', () => {
    for (const slug of Object.keys(SAID_BY_SLUG)) {
      const { joint, motion } = prefill({ exercise: exercise({ slug }) });
      if (joint && motion) expect(motionsOf(joint)).toContain(motion);
    }
  });
});

describe('the digit that goes with a joint', () => {
  it.each(jointSchema.options)('%s keeps a valid digit or none', (joint) => {
    for (const digit of ['thumb', 'index', null] as const) {
      const settled = settleDigit({ joint, digit }).digit;
      if (settled !== undefined) expect(digitsOf(joint)).toContain(settled);
    }
  });

  it('follows when the joint changes: the thumb has its own, the wrist none', () => {
    expect(settleDigit({ joint: 'thumb_ip', digit: 'index' }).digit).toBe('thumb');
    expect(settleDigit({ joint: 'wrist', digit: 'index' }).digit).toBeNull();
    expect(settleDigit({ joint: 'pip', digit: 'thumb' })).toEqual({ joint: 'pip' });
    expect(settleDigit({ digit: 'ring' })).toEqual({ digit: 'ring' });
  });
});
