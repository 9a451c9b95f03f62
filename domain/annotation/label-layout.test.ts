import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JointLabel, type LabelPlace, placeLabels } from './label-layout';

const PHONE = { width: 360, height: 480 };
const SIZE = { width: 84, height: 36 };

function joint(x: number, y: number, from: number, to: number, bone = 60): JointLabel {
  const end = (degrees: number) => ({
    x: x + bone * Math.cos((degrees * Math.PI) / 180),
    y: y + bone * Math.sin((degrees * Math.PI) / 180),
  });
  return { points: [end(from), { x, y }, end(to)], size: SIZE };
}

const areOver = (a: LabelPlace, b: LabelPlace) =>
  Math.abs(a.left - b.left) < SIZE.width && Math.abs(a.top - b.top) < SIZE.height;

describe('the value of an angle', () => {
  it('lies outside the bend, beside its joint', () => {
    const [place] = placeLabels([joint(180, 240, 90, 180)], PHONE);
    // The bones go down and to the left: the value is up and to the right.
    expect((place?.left ?? 0) + SIZE.width / 2).toBeGreaterThan(180);
    expect((place?.top ?? 0) + SIZE.height).toBeLessThan(240);
  });

  it('of a straight joint lies across it', () => {
    const [place] = placeLabels([joint(180, 240, 0, 180)], PHONE);
    expect((place?.top ?? 0) + SIZE.height < 240 || (place?.top ?? 0) > 240).toBe(true);
  });

  it('stays inside a picture that ends at the joint', () => {
    const [place] = placeLabels([joint(358, 2, 90, 180)], PHONE);
    expect(place?.left).toBeLessThanOrEqual(PHONE.width - SIZE.width);
    expect(place?.top).toBeGreaterThanOrEqual(0);
  });

  it('makes room for another one of the same joint', () => {
    const [a, b] = placeLabels([joint(180, 240, 90, 180), joint(182, 241, 90, 170)], PHONE);
    if (!a || !b) throw new Error('two places');
    expect(areOver(a, b)).toBe(false);
  });

  it('covers no other value, and stays inside, wherever up to six joints of a hand lie', () => {
    const at = fc.record({
      x: fc.integer({ min: 20, max: 340 }),
      y: fc.integer({ min: 20, max: 460 }),
      from: fc.integer({ min: 0, max: 359 }),
      bend: fc.integer({ min: 30, max: 180 }),
    });
    fc.assert(
      fc.property(fc.array(at, { minLength: 1, maxLength: 6 }), (joints) => {
        const labels = joints.map(({ x, y, from, bend }) => joint(x, y, from, from + bend, 30));
        const places = placeLabels(labels, PHONE);
        for (const [index, place] of places.entries()) {
          expect(place.left >= 0 && place.left + SIZE.width <= PHONE.width).toBe(true);
          expect(place.top >= 0 && place.top + SIZE.height <= PHONE.height).toBe(true);
          for (const other of places.slice(index + 1)) expect(areOver(place, other)).toBe(false);
        }
        expect(placeLabels(labels, PHONE)).toEqual(places);
      }),
      { numRuns: 2000 },
    );
  });
});
