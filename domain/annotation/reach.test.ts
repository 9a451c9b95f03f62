import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goniometer } from './goniometry';
import {
  type AngleMark,
  type AngleMeasurement,
  angleMeasurementSchema,
  digitsOf,
  jointSchema,
  motionsOf,
} from './mark';
import { isDoubtful, isWithinReach, otherReadings } from './reach';

const PIP: AngleMeasurement = {
  joint: 'pip',
  digit: 'index',
  side: 'right',
  motion: 'flexion',
  activity: 'active',
  view: 'radial',
};
const of = (change: Partial<AngleMeasurement>): AngleMeasurement => ({ ...PIP, ...change });

/** Three points of a joint that turns by so many degrees, clockwise as seen. */
function turned(degrees: number): Pick<AngleMark, 'points' | 'aspect'> {
  const radians = (degrees * Math.PI) / 180;
  const distal = { x: 0.5 + 0.2 * Math.cos(radians), y: 0.5 + 0.2 * Math.sin(radians) };
  return { points: [{ x: 0.3, y: 0.5 }, { x: 0.5, y: 0.5 }, distal], aspect: 1 };
}

function markOf(degrees: number, measurement?: AngleMeasurement): AngleMark {
  const common = { markId: '0193593f-0000-7000-8000-000000000001', anchor: { kind: 'live' as const } };
  return { ...common, kind: 'angle', side: measurement?.side ?? null, measurement, ...turned(degrees) };
}

describe('what a joint can do', () => {
  it.each<[string, Partial<AngleMeasurement>, number, boolean]>([
    ['a middle joint bends by 100', {}, 100, true],
    ['and what a picture may be off by', {}, 110, true],
    ['not by 111', {}, 111, false],
    ['not by 136', {}, 136, false],
    ['a little past straight is a reading', {}, -10, true],
    ['not 74 past straight', {}, -74, false],
    ['nor 11', {}, -11, false],
    ['halves are rounded as they are shown', {}, 110.4, true],
    ['a knuckle goes 45 past straight', { joint: 'mcp' }, -45, true],
    ['an end joint bends less', { joint: 'dip' }, 91, false],
    ['a deficit of extension is a bend', { motion: 'extension' }, 35, true],
    ['a wrist comes up by 70', { joint: 'wrist', digit: null, motion: 'extension' }, 80, true],
    ['one that hangs by 40 is asked about', { joint: 'wrist', digit: null, motion: 'extension' }, -40, false],
    ['nobody spreads by 80', { motion: 'abduction', joint: 'mcp', view: 'dorsal' }, 80, false],
    ['of a forearm nothing is known', { joint: 'forearm', digit: null }, 170, true],
  ])('%s', (_, change, degrees, expected) => {
    expect(isWithinReach(of(change), degrees)).toBe(expected);
  });

  it('has a range for every motion that three points can show', () => {
    for (const joint of jointSchema.options)
      for (const motion of motionsOf(joint)) {
        expect([joint, motion, isWithinReach(of({ joint, motion }), 179)]).toEqual([joint, motion, false]);
        expect(isWithinReach(of({ joint, motion }), 10)).toBe(true);
      }
  });
});

describe('a value that the joint cannot have', () => {
  it('is asked about: the other hand, or the other side of it', () => {
    // A right finger seen from the thumb side bends counter-clockwise.
    const others = otherReadings(turned(74), PIP);
    expect(others.map(({ change, reading }) => [change, Math.round(reading.valueDegrees)])).toEqual([
      ['side', 74],
      ['view', 74],
    ]);
    expect(others.map(({ measurement }) => [measurement.side, measurement.view])).toEqual([
      ['left', 'radial'],
      ['right', 'ulnar'],
    ]);
  });

  it('of a wrist, the other motion too', () => {
    const wrist = of({ joint: 'wrist', digit: null });
    expect(otherReadings(turned(60), wrist).map(({ change }) => change)).toEqual(['side', 'view', 'motion']);
  });

  it('has no other meaning where the points are wrong', () => {
    expect(otherReadings(turned(136), PIP)).toEqual([]);
    expect(otherReadings(turned(-136), PIP)).toEqual([]);
  });

  it('is no measurement until somebody says that it is so', () => {
    expect(isDoubtful(markOf(74, PIP))).toBe(true);
    expect(isDoubtful(markOf(74, of({ unusual: true })))).toBe(false);
    expect(isDoubtful(markOf(-74, PIP))).toBe(false);
    expect(isDoubtful(markOf(74))).toBe(false);
  });

  it('is offered nothing that would be asked about again', () => {
    const measurements = fc
      .record({
        joint: fc.constantFrom(...jointSchema.options),
        digit: fc.constantFrom('thumb' as const, 'index' as const, 'little' as const, null),
        side: fc.constantFrom('left' as const, 'right' as const),
        motion: fc.constantFrom('flexion' as const, 'extension' as const, 'deviation' as const, 'abduction' as const),
        activity: fc.constant('active' as const),
        view: fc.constantFrom('radial' as const, 'ulnar' as const, 'dorsal' as const, 'palmar' as const),
      })
      .filter(({ joint, digit, motion }) => digitsOf(joint).includes(digit) && motionsOf(joint).includes(motion));
    fc.assert(
      fc.property(measurements, fc.integer({ min: -179, max: 179 }), (measurement, degrees) => {
        for (const other of otherReadings(turned(degrees), measurement)) {
          expect(angleMeasurementSchema.safeParse(other.measurement).success).toBe(true);
          expect(isDoubtful(markOf(degrees, other.measurement))).toBe(false);
          expect(goniometer({ ...turned(degrees), measurement: other.measurement })?.reliable).toBe(true);
        }
      }),
    );
  });
});
