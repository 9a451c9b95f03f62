import { describe, expect, it } from 'vitest';
import { type AngleMeasurement, angleMeasurementSchema, digitsOf, jointSchema, motionsOf } from './mark';
import { type LinkedExercise, prefillMeasurement, SAID_BY_SLUG, settleDigit } from './measurement-prefill';

const exercise = (change: Partial<LinkedExercise> = {}): LinkedExercise => ({
  slug: 'putty-squeeze',
  category: 'putty',
  side: 'right',
  digits: [],
  ...change,
});

describe('what a linked exercise says about an angle', () => {
  type Case = [string, Partial<LinkedExercise>, Partial<AngleMeasurement>];
  it.each<Case>([
    ['a squeeze says the side alone', {}, { side: 'right' }],
    ['both hands say no side', { side: 'both' }, {}],
    ['one digit is said', { digits: ['ring'] }, { side: 'right', digit: 'ring' }],
    ['two digits say none', { digits: ['ring', 'little'] }, { side: 'right' }],
    ['an unknown digit says none', { digits: ['sixth'] }, { side: 'right' }],
    [
      'tendon glides are active',
      { slug: 'own-glides', category: 'tendon_glide' },
      { side: 'right', activity: 'active' },
    ],
    [
      'a block of the middle joint',
      { slug: 'middle-joint-block', category: 'range_of_motion', digits: ['index'], side: 'left' },
      { joint: 'pip', motion: 'flexion', activity: 'active', side: 'left', digit: 'index' },
    ],
    [
      'a wrist has no digit, whatever the prescription lists',
      { slug: 'wrist-lift-with-weight', category: 'wrist', digits: ['index'] },
      { joint: 'wrist', motion: 'extension', activity: 'active', side: 'right', digit: null },
    ],
    [
      'a wrist that goes both ways says no motion',
      { slug: 'wrist-bend-and-straighten', category: 'wrist' },
      { joint: 'wrist', activity: 'active', side: 'right', digit: null },
    ],
    [
      'a thumb has no middle joint',
      { slug: 'single-finger-lift', digits: ['thumb'] },
      {
        joint: 'mcp',
        motion: 'extension',
        activity: 'active',
        side: 'right',
      },
    ],
    ['turning the palm is no angle in a picture', { slug: 'palm-up-palm-down', category: 'wrist' }, { side: 'right' }],
    ['a name from the prototype is no exercise', { slug: 'constructor' }, { side: 'right' }],
    ['an exercise that is gone', { slug: null, category: null }, { side: 'right' }],
  ])('%s', (_, change, expected) => {
    expect(prefillMeasurement(exercise(change), null)).toEqual(expected);
  });

  it('nothing without an exercise, but for the hand that the picture shows', () => {
    expect(prefillMeasurement(null, null)).toEqual({});
    expect(prefillMeasurement(null, 'left')).toEqual({ side: 'left' });
  });

  it('which hand, before what stands on the picture', () => {
    expect(prefillMeasurement(exercise({ side: 'right' }), 'left').side).toBe('right');
    expect(prefillMeasurement(exercise({ side: 'both' }), 'left').side).toBe('left');
    expect(prefillMeasurement(exercise({ side: 'both' }), null)).not.toHaveProperty('side');
  });

  it('is never a complete measurement: the view is for the clinician to say', () => {
    for (const slug of Object.keys(SAID_BY_SLUG)) {
      const said = prefillMeasurement(exercise({ slug, digits: ['index'] }), 'left');
      expect(said.view).toBeUndefined();
      expect(angleMeasurementSchema.safeParse(said).success).toBe(false);
    }
  });

  it('names only motions that its joint has', () => {
    for (const slug of Object.keys(SAID_BY_SLUG)) {
      const { joint, motion } = prefillMeasurement(exercise({ slug }), null);
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
