import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goniometer, includedAngle, plainReading } from './goniometry';
import type { AngleMeasurement, Point } from './mark';

const WIDE = 16 / 9;
const TALL = 9 / 16;
const WRIST = { joint: 'wrist', digit: null } as const;
type Points = readonly [Point, Point, Point];

const measure = (change: Partial<AngleMeasurement> = {}): AngleMeasurement => ({
  joint: 'pip',
  digit: 'index',
  side: 'right',
  motion: 'flexion',
  activity: 'active',
  view: 'radial',
  ...change,
});

/** Proximal, joint, distal in the middle of the picture; the distal bone turns by `turn` degrees, clockwise as seen. */
function bent(turn: number, { aspect = WIDE, heading = 0, length = 0.1 } = {}): Points {
  const along = (from: Point, degrees: number): Point => {
    const radians = (degrees * Math.PI) / 180;
    return { x: from.x + (length * Math.cos(radians)) / aspect, y: from.y + length * Math.sin(radians) };
  };
  const joint = { x: 0.5, y: 0.5 };
  return [along(joint, heading + 180), joint, along(joint, heading + turn)];
}

describe('a goniometer case', () => {
  type Case = [string, number, Partial<AngleMeasurement>, number, number, boolean];
  it.each<[...Case]>([
    // name, turn (clockwise as seen), measurement, aspect, value, reliable
    ['straight', 0, {}, WIDE, 0, true],
    ['nearly straight, a little flexed', -0.4, {}, WIDE, 0.4, true],
    ['nearly straight, a little past', 0.4, {}, WIDE, -0.4, true],
    ['right, radial: flexion turns counter-clockwise', -90, {}, WIDE, 90, true],
    ['right, radial: hyperextension', 10, {}, WIDE, -10, true],
    ['right, ulnar: flexion turns clockwise', 90, { view: 'ulnar' }, WIDE, 90, true],
    ['right, ulnar: hyperextension', -10, { view: 'ulnar' }, WIDE, -10, true],
    ['left, radial: flexion turns clockwise', 90, { side: 'left' }, WIDE, 90, true],
    ['left, radial: hyperextension', -10, { side: 'left' }, WIDE, -10, true],
    ['left, ulnar: flexion turns counter-clockwise', -90, { side: 'left', view: 'ulnar' }, WIDE, 90, true],
    ['left, ulnar: hyperextension', 10, { side: 'left', view: 'ulnar' }, WIDE, -10, true],
    ['a picture taller than wide', -90, {}, TALL, 90, true],
    ['a square picture', -45, {}, 1, 45, true],
    ['far flexion', -135, {}, WIDE, 135, true],
    ['folded flat, clockwise flexion', 180, { view: 'ulnar' }, WIDE, 180, true],
    ['folded flat, counter-clockwise flexion', -180, {}, WIDE, 180, true],
    ['extension that lacks 20° reads on the same scale', -20, { motion: 'extension' }, WIDE, 20, true],
    ['extension past straight', 35, { motion: 'extension' }, WIDE, -35, true],
    ['a wrist bent backwards is extension of its own', 60, { ...WRIST, motion: 'extension' }, WIDE, 60, true],
    ['the same on a left hand', -60, { ...WRIST, motion: 'extension', side: 'left' }, WIDE, 60, true],
    ['and seen from the little finger', -60, { ...WRIST, motion: 'extension', view: 'ulnar' }, WIDE, 60, true],
    ['a wrist that lacks 15° to neutral', -15, { ...WRIST, motion: 'extension' }, WIDE, -15, true],
    ['wrist flexion', -60, { ...WRIST, motion: 'flexion' }, WIDE, 60, true],
    ['a wrist bent backwards on the flexion scale', 60, { ...WRIST, motion: 'flexion' }, WIDE, -60, true],
    ['a straight wrist, measured as extension', 0, { ...WRIST, motion: 'extension' }, WIDE, 0, true],
    ['a wrist seen face-on has no direction', 60, { ...WRIST, motion: 'extension', view: 'dorsal' }, WIDE, 60, false],
    ['a big knuckle past straight', 30, { joint: 'mcp', motion: 'extension' }, WIDE, -30, true],
    ['a thumb past straight', 25, { joint: 'thumb_ip', digit: 'thumb', motion: 'extension' }, WIDE, -25, true],
    ['dorsal: flexion has no direction', -30, { view: 'dorsal' }, WIDE, 30, false],
    ['palmar: extension has no direction', 30, { view: 'palmar', motion: 'extension' }, WIDE, 30, false],
    ['deviation from dorsal', -20, { motion: 'deviation', view: 'dorsal' }, WIDE, 20, true],
    ['deviation from palmar', 20, { motion: 'deviation', view: 'palmar' }, WIDE, 20, true],
    ['abduction from dorsal', 40, { motion: 'abduction', view: 'dorsal' }, WIDE, 40, true],
    ['deviation from the side cannot be seen', 20, { motion: 'deviation', view: 'radial' }, WIDE, 20, false],
    ['abduction from the side cannot be seen', 20, { motion: 'abduction', view: 'ulnar' }, WIDE, 20, false],
  ])('%s', (_, turn, change, aspect, value, reliable) => {
    const reading = goniometer({ points: bent(turn, { aspect }), aspect, measurement: measure(change) });
    expect(reading?.valueDegrees).toBeCloseTo(value, 6);
    expect(reading?.includedDegrees).toBeCloseTo(180 - Math.abs(turn), 6);
    expect(reading?.reliable).toBe(reliable);
  });

  it('the same three points read 71.6° in normalised and 59.3° in 16:9 space', () => {
    const points: Points = [
      { x: 0.6, y: 0.8 },
      { x: 0.4, y: 0.8 },
      { x: 0.5, y: 0.5 },
    ];
    expect(includedAngle({ points, aspect: 1 })).toBeCloseTo(71.565, 3);
    expect(includedAngle({ points, aspect: WIDE })).toBeCloseTo(59.349, 3);
    expect(includedAngle({ points, aspect: TALL })).toBeCloseTo(79.38, 2);
    expect(goniometer({ points, aspect: WIDE, measurement: measure() })?.includedDegrees).toBeCloseTo(59.349, 3);
  });

  it('straight is 0 and never −0', () => {
    const straight = [{}, { view: 'ulnar' }, { ...WRIST, motion: 'extension' }] as const;
    for (const change of straight) {
      const reading = goniometer({ points: bent(0, { aspect: 1 }), aspect: 1, measurement: measure(change) });
      expect(reading?.valueDegrees).toBe(0);
    }
  });

  it('a right hand with fingers up and palm to the left is seen from the thumb', () => {
    // The fingertip bends to the left of the picture, towards the palm.
    const points: Points = [
      { x: 0.5, y: 0.9 },
      { x: 0.5, y: 0.5 },
      { x: 0.3, y: 0.5 },
    ];
    expect(goniometer({ points, aspect: 1, measurement: measure() })?.valueDegrees).toBeCloseTo(90, 9);
    expect(goniometer({ points, aspect: 1, measurement: measure({ side: 'left' }) })?.valueDegrees).toBeCloseTo(-90, 9);
  });
});

describe('points without an angle', () => {
  const a = { x: 0.2, y: 0.2 };
  const b = { x: 0.5, y: 0.5 };
  it.each<[string, Points]>([
    ['proximal on the joint', [a, a, b]],
    ['distal on the joint', [a, b, b]],
    ['all at one place', [a, a, a]],
    ['nearer than anyone can tap', [a, { x: 0.2, y: 0.2 + 1e-9 }, b]],
    ['not a number', [a, { x: Number.NaN, y: 0.5 }, b]],
    ['nowhere', [a, b, { x: Number.POSITIVE_INFINITY, y: 0 }]],
  ])('%s give null', (_, points) => {
    expect(includedAngle({ points, aspect: WIDE })).toBeNull();
    expect(goniometer({ points, aspect: WIDE, measurement: measure() })).toBeNull();
  });

  it('proximal on distal is a joint folded flat', () => {
    expect(includedAngle({ points: [a, b, a], aspect: WIDE })).toBeCloseTo(0, 9);
  });
});

describe('a reading does not depend on', () => {
  const turn = fc.integer({ min: -170, max: 170 });
  const heading = fc.integer({ min: 0, max: 359 });
  const aspect = fc.constantFrom(WIDE, TALL, 1, 4 / 3);
  const side = fc.constantFrom('left' as const, 'right' as const);
  const view = fc.constantFrom('radial' as const, 'ulnar' as const, 'dorsal' as const, 'palmar' as const);
  const motion = fc.constantFrom('flexion' as const, 'extension' as const, 'deviation' as const, 'abduction' as const);
  const measurement = fc.record({ side, view, motion }).map(measure);
  const valueAt = (points: Points, ratio: number, of: AngleMeasurement) =>
    goniometer({ points, aspect: ratio, measurement: of })?.valueDegrees;

  it('how the hand is turned in the picture, its size, or the picture’s shape', () => {
    const length = fc.double({ min: 0.01, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(turn, heading, aspect, length, measurement, (degrees, to, ratio, size, of) => {
        const upright = valueAt(bent(degrees), WIDE, of);
        const turned = valueAt(bent(degrees, { aspect: ratio, heading: to, length: size }), ratio, of);
        expect(turned).toBeCloseTo(upright ?? 999, 6);
      }),
    );
  });

  it('where it lies in the picture', () => {
    const shift = fc.double({ min: -0.3, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(turn, heading, shift, shift, measurement, (degrees, to, dx, dy, of) => {
        const [a, b, c] = bent(degrees, { heading: to });
        const moved = ({ x, y }: Point) => ({ x: x + dx, y: y + dy });
        expect(valueAt([moved(a), moved(b), moved(c)], WIDE, of)).toBeCloseTo(valueAt([a, b, c], WIDE, of) ?? 999, 6);
      }),
    );
  });

  it('the mirror, when the side is swapped with it', () => {
    fc.assert(
      fc.property(turn, heading, measurement, (degrees, to, of) => {
        const [a, b, c] = bent(degrees, { heading: to });
        const flip = ({ x, y }: Point) => ({ x: 1 - x, y });
        const swapped = { ...of, side: of.side === 'left' ? ('right' as const) : ('left' as const) };
        const mirrored = valueAt([flip(a), flip(b), flip(c)], WIDE, swapped);
        expect(mirrored).toBeCloseTo(valueAt([a, b, c], WIDE, of) ?? 999, 6);
      }),
    );
  });

  it('nor on the order of ends, but for the sign: value and included make 180', () => {
    fc.assert(
      fc.property(turn, heading, measurement, (degrees, to, of) => {
        const reading = goniometer({ points: bent(degrees, { heading: to }), aspect: WIDE, measurement: of });
        expect(Math.abs(reading?.valueDegrees ?? 999) + (reading?.includedDegrees ?? 999)).toBeCloseTo(180, 9);
      }),
    );
  });
});

describe('a reading in a patient’s words', () => {
  type Case = [
    Parameters<typeof plainReading>[0]['joint'],
    Parameters<typeof plainReading>[0]['motion'],
    number,
    string,
  ];
  it.each<Case>([
    ['pip', 'flexion', 74.4, 'bent 74'],
    ['pip', 'flexion', -6, 'past_straight 6'],
    // Asked to stretch, and lacking twenty degrees.
    ['pip', 'extension', 20, 'bent 20'],
    ['mcp', 'extension', -30, 'past_straight 30'],
    ['thumb_ip', 'flexion', 0, 'bent 0'],
    ['wrist', 'flexion', 50, 'bent 50'],
    ['wrist', 'flexion', -12, 'bent_back 12'],
    ['wrist', 'extension', 50, 'bent_back 50'],
    ['wrist', 'extension', -12, 'bent 12'],
    ['mcp', 'abduction', 25, 'spread 25'],
    ['wrist', 'deviation', 15, 'sideways 15'],
  ])('%s %s %d is %s', (joint, motion, value, expected) => {
    const { way, degrees } = plainReading({ joint, motion }, value);
    expect(`${way} ${degrees}`).toBe(expected);
  });

  it('has no sign, whatever was measured', () => {
    const joints = fc.constantFrom('mcp' as const, 'pip' as const, 'thumb_cmc' as const, 'wrist' as const);
    const motions = fc.constantFrom(
      'flexion' as const,
      'extension' as const,
      'deviation' as const,
      'abduction' as const,
    );
    fc.assert(
      fc.property(joints, motions, fc.double({ min: -180, max: 180, noNaN: true }), (joint, motion, value) => {
        const { degrees } = plainReading({ joint, motion }, value);
        expect(Number.isInteger(degrees) && degrees >= 0).toBe(true);
      }),
    );
  });
});
