import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type JointLabel, type LabelPlace, placeAll, placeLabels } from './label-layout';

const PHONE = { width: 360, height: 480 };
const SIZE = { width: 84, height: 36 };

function joint(x: number, y: number, from: number, to: number, bone = 60): JointLabel {
  const end = (degrees: number) => ({
    x: x + bone * Math.cos((degrees * Math.PI) / 180),
    y: y + bone * Math.sin((degrees * Math.PI) / 180),
  });
  return { points: [end(from), { x, y }, end(to)], size: SIZE };
}

/** The second and third are as far from each other as a value is wide: edge to edge they overlapped by a rounding. */
const ABREAST = [
  { x: 70, y: 88, from: 67, bend: 178 },
  { x: 184, y: 105, from: 53, bend: 178 },
  { x: 268, y: 173, from: 61, bend: 132 },
  { x: 54, y: 93, from: 0, bend: 30 },
  { x: 20, y: 20, from: 0, bend: 30 },
];

const areOver = (a: LabelPlace, b: LabelPlace, { width, height } = SIZE) =>
  Math.abs(a.left - b.left) < width && Math.abs(a.top - b.top) < height;

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

  it('keeps off the edge of another value', () => {
    const places = placeLabels(
      ABREAST.map(({ x, y, from, bend }) => joint(x, y, from, from + bend, 30)),
      PHONE,
    );
    const pairs = places.flatMap((one, index) => places.slice(index + 1).map((other) => [one, other] as const));
    for (const [a, b] of pairs)
      expect(Math.max(Math.abs(a.left - b.left) - SIZE.width, Math.abs(a.top - b.top) - SIZE.height)).toBeGreaterThan(
        1,
      );
  });

  it('finds the only room there is, however far from its joint', () => {
    const taken = [
      { left: 0, top: 0, width: 360, height: 430 },
      { left: 0, top: 430, width: 260, height: 50 },
    ];
    const [place] = placeLabels([joint(20, 20, 0, 90)], PHONE, taken);
    expect(place?.left).toBeGreaterThanOrEqual(260);
    expect(place?.top).toBeGreaterThanOrEqual(430);
  });

  it.each([
    ['up to six joints of a hand lie', SIZE, 6],
    ['up to three lie, in a text twice as large', { width: 146, height: 67 }, 3],
  ])('covers no other value, and stays inside, wherever %s', (_, size, maxLength) => {
    const at = fc.record({
      x: fc.integer({ min: 20, max: 340 }),
      y: fc.integer({ min: 20, max: 460 }),
      from: fc.integer({ min: 0, max: 359 }),
      bend: fc.integer({ min: 30, max: 180 }),
    });
    fc.assert(
      fc.property(fc.array(at, { minLength: 1, maxLength }), (joints) => {
        const labels = joints.map(({ x, y, from, bend }) => ({ ...joint(x, y, from, from + bend, 30), size }));
        const places = placeLabels(labels, PHONE);
        for (const [index, place] of places.entries()) {
          expect(place.left >= 0 && place.left + size.width <= PHONE.width).toBe(true);
          expect(place.top >= 0 && place.top + size.height <= PHONE.height).toBe(true);
          for (const other of places.slice(index + 1)) expect(areOver(place, other, size)).toBe(false);
        }
        expect(placeLabels(labels, PHONE)).toEqual(places);
      }),
      { numRuns: 2000, examples: [[ABREAST]] },
    );
  });
});

describe('the numbers of tags', () => {
  const NUMBER = { width: 38, height: 38 };
  const RADIUS = 18;
  /** LEFT or RIGHT stands there. */
  const CORNER = { left: 0, top: 0, width: 150, height: 56 };
  const covers = (a: Box, b: Box) =>
    a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
  const place = fc.record({ x: fc.integer({ min: 10, max: 350 }), y: fc.integer({ min: 10, max: 470 }) });
  const bend = fc.record({ from: fc.integer({ min: 0, max: 359 }), bend: fc.integer({ min: 30, max: 180 }) });

  it('and values cover neither each other, nor a tag’s place on the hand, nor its side, wherever they lie', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, bend), { maxLength: 3 }),
        fc.array(place, { minLength: 1, maxLength: 4 }),
        (joints, points) => {
          const values = joints.map(([{ x, y }, { from, bend: by }]) => joint(x, y, from, from + by, 30));
          const tags = points.map((at) => ({ at, radius: RADIUS, size: NUMBER }));
          const places = placeAll(values, tags, PHONE, [CORNER]);
          const boxes = [
            ...places.values.map((one) => ({ ...one, ...SIZE })),
            ...places.tags.map((one) => ({ ...one, ...NUMBER })),
          ];
          expect(boxes).toHaveLength(values.length + tags.length);
          const rings = points.map(({ x, y }) => ({
            ...{ left: x - RADIUS, top: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS },
          }));
          for (const [index, box] of boxes.entries()) {
            expect(box.left >= 0 && box.left + box.width <= PHONE.width).toBe(true);
            expect(box.top >= 0 && box.top + box.height <= PHONE.height).toBe(true);
            for (const other of [...boxes.slice(index + 1), ...rings, CORNER]) expect(covers(box, other)).toBe(false);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['left', 120, 240],
    ['right', 240, 240],
    ['upper', 180, 140],
  ])('lie beside their ring, near enough to be its own, away from the middle: %s', (_, x, y) => {
    const [one] = placeAll([], [{ at: { x, y }, radius: RADIUS, size: NUMBER }], PHONE, []).tags;
    const middle = { x: (one?.left ?? 0) + NUMBER.width / 2, y: (one?.top ?? 0) + NUMBER.height / 2 };
    expect(Math.hypot(middle.x - x, middle.y - y)).toBeLessThan(80);
    expect(Math.hypot(middle.x - 180, middle.y - 240)).toBeGreaterThan(Math.hypot(x - 180, y - 240));
  });
});
