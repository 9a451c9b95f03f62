import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fingerPoints,
  fitPoses,
  type Point,
  type PoseFrame,
  pinchPoint,
  poseAt,
  poseFrameSchema,
  posePropSchema,
  poseRow,
  propShape,
  WRIST,
} from './pose';

const heading = (from: Point, to: Point) => (Math.atan2(to.x - from.x, from.y - to.y) * 180) / Math.PI;

/** The bend at a joint between two bones in degrees, positive towards the palm: the inverse of `fingerPoints`. */
function bendBetween(from: Point, joint: Point, to: Point): number {
  const turn = heading(joint, to) - heading(from, joint);
  return turn - 360 * Math.round(turn / 360);
}

const frame = (mcp: number, pip: number, dip: number, more: Partial<PoseFrame> = {}): PoseFrame => ({
  mcp,
  pip,
  dip,
  wrist: null,
  thumb: 'away',
  prop: null,
  ...more,
});
const round = (value: number) => Math.round(value * 10) / 10;
const frames = fc.record({
  mcp: fc.integer({ min: -45, max: 110 }),
  pip: fc.integer({ min: -20, max: 130 }),
  dip: fc.integer({ min: -20, max: 100 }),
  wrist: fc.option(fc.integer({ min: -80, max: 90 })),
  thumb: fc.constantFrom('away' as const, 'meeting' as const),
  prop: fc.option(fc.constantFrom(...posePropSchema.options)),
});

describe('fingerPoints', () => {
  // The drawings of look/parts.html, read back to their angles.
  it.each([
    [
      'straight up',
      frame(0, 0, 0),
      [
        [24, 37],
        [24, 18],
        [24, 5],
        [24, -5],
      ],
    ],
    [
      'a quarter turn at the big knuckle',
      frame(90, 0, 0),
      [
        [24, 37],
        [43, 37],
        [56, 37],
        [66, 37],
      ],
    ],
    [
      'hook',
      frame(0, 88, 58),
      [
        [24, 37],
        [24, 18],
        [37, 17.5],
        [42.6, 25.8],
      ],
    ],
    [
      'tabletop',
      frame(78, 4, 0),
      [
        [24, 37],
        [42.6, 33],
        [55.5, 31.2],
        [65.4, 29.8],
      ],
    ],
    [
      'fist',
      frame(80, 92, 40),
      [
        [24, 37],
        [42.7, 33.7],
        [44.5, 46.6],
        [39.2, 55.1],
      ],
    ],
    [
      'bent back',
      frame(-12, 2, 0),
      [
        [24, 37],
        [20, 18.4],
        [17.8, 5.6],
        [16.1, -4.2],
      ],
    ],
    [
      'wrist a quarter turn',
      frame(0, 0, 0, { wrist: 90 }),
      [
        [59, 56],
        [78, 56],
        [91, 56],
        [101, 56],
      ],
    ],
  ])('%s', (_, pose, expected) => {
    expect(fingerPoints(pose).map(({ x, y }) => [round(x), round(y)])).toEqual(expected);
  });

  it('bones keep their length and the angles can be read back', () => {
    fc.assert(
      fc.property(frames, (pose) => {
        const [knuckle, middle, end, tip] = fingerPoints(pose);
        expect(Math.hypot(middle.x - knuckle.x, middle.y - knuckle.y)).toBeCloseTo(19);
        expect(Math.hypot(end.x - middle.x, end.y - middle.y)).toBeCloseTo(13);
        expect(Math.hypot(tip.x - end.x, tip.y - end.y)).toBeCloseTo(10);
        expect(bendBetween(knuckle, middle, end)).toBeCloseTo(pose.pip);
        expect(bendBetween(middle, end, tip)).toBeCloseTo(pose.dip);
      }),
    );
  });

  it('the wrist turns the hand as one piece', () => {
    fc.assert(
      fc.property(frames, (pose) => {
        const still = fingerPoints({ ...pose, wrist: null });
        const turned = fingerPoints(pose);
        const reach = ([, , , tip]: typeof still) => Math.hypot(tip.x - WRIST.x, tip.y - WRIST.y);
        expect(reach(turned)).toBeCloseTo(reach(still));
      }),
    );
  });
});

describe('fitPoses', () => {
  it('shows every joint of every frame with its flesh, at one scale', () => {
    fc.assert(
      fc.property(fc.array(frames, { minLength: 1, maxLength: 6 }), (row) => {
        const { scale, x, y } = fitPoses(row);
        expect(scale).toBeLessThanOrEqual(1.25);
        for (const point of row.flatMap(fingerPoints)) {
          expect(scale * (point.x - 6) + x).toBeGreaterThanOrEqual(4);
          expect(scale * (point.x + 6) + x).toBeLessThanOrEqual(60);
          expect(scale * (point.y - 6) + y).toBeGreaterThanOrEqual(4);
        }
      }),
    );
  });
  it('the palm runs out at the lower edge, the forearm as well', () => {
    const palm = fitPoses([frame(0, 0, 0)]);
    expect(palm.scale * WRIST.y + palm.y).toBeCloseTo(66);
    const arm = fitPoses([frame(0, 0, 0, { wrist: 0 })]);
    expect(arm.scale * (WRIST.y + 18) + arm.y).toBeCloseTo(66);
  });
  it('one frame with a forearm makes room for it in the whole row', () => {
    const row = fitPoses([frame(0, 0, 0), frame(0, 0, 0, { wrist: 0 })]);
    expect(row).toEqual(fitPoses([frame(0, 0, 0, { wrist: 0 })]));
  });
  it('a short row is in the middle, a wide one fills the width', () => {
    const short = fitPoses([frame(0, 0, 0)]);
    expect(short.scale * ((16 + 46) / 2) + short.x).toBeCloseTo(32);
    const wide = fitPoses([frame(90, 0, 0, { wrist: 10 })]);
    const [, , , tip] = fingerPoints(frame(90, 0, 0, { wrist: 10 }));
    expect(wide.scale * (tip.x + 7) + wide.x).toBeCloseTo(60);
    expect(wide.scale * 16 + wide.x).toBeCloseTo(4);
  });
  it('a fist is drawn at the largest scale, a long finger smaller', () => {
    expect(fitPoses([frame(80, 92, 40)]).scale).toBe(1.25);
    expect(fitPoses([frame(0, 0, 0)]).scale).toBeCloseTo(60 / 76);
    expect(fitPoses([frame(0, 0, 0)], 128).scale).toBe(1.25);
  });
});

describe('poseRow', () => {
  it('sets the frames side by side', () => {
    const row = [frame(0, 0, 0), frame(0, 88, 58), frame(0, 0, 0)];
    expect(poseRow(row).map(({ x }) => x)).toEqual([0, 70, 140]);
    expect(poseRow(row, 10, 2).map(({ x }) => x)).toEqual([0, 12, 24]);
    expect(poseRow(row).map((cell) => cell.frame)).toEqual(row);
  });
});

describe('poseAt', () => {
  const open = frame(0, 10, 20, { wrist: -30 });
  const half = frame(40, 50, 20, { wrist: 0, prop: 'ball' });
  const closed = frame(80, 90, 40, { wrist: null, thumb: 'meeting' });
  it.each([
    [-1, open],
    [0, open],
    [0.25, frame(20, 30, 20, { wrist: -15, prop: 'ball' })],
    [0.2, frame(16, 26, 20, { wrist: -18 })],
    [0.5, half],
    [0.7, frame(56, 66, 28, { wrist: 0, prop: 'ball' })],
    [0.8, frame(64, 74, 32, { wrist: null, thumb: 'meeting' })],
    [1, closed],
    [2, closed],
  ])('at %d of open, half, closed', (position, expected) => {
    const { mcp, pip, dip, wrist, ...rest } = expected;
    const at = poseAt([open, half, closed], position);
    expect(at).toMatchObject(rest);
    expect(at?.mcp).toBeCloseTo(mcp);
    expect(at?.pip).toBeCloseTo(pip);
    expect(at?.dip).toBeCloseTo(dip);
    if (wrist === null) expect(at?.wrist).toBeNull();
    else expect(at?.wrist).toBeCloseTo(wrist);
  });
  it('of one frame is that frame, of none nothing', () => {
    expect(poseAt([half], 0.7)).toEqual(half);
    expect(poseAt([], 0.7)).toBeNull();
  });
});

describe('objects', () => {
  const points = fingerPoints(frame(46, 50, 30));
  it('a pinched object sits between thumb tip and fingertip', () => {
    expect(pinchPoint([points[0], points[1], points[2], { x: 59, y: 26 }])).toEqual({ x: 51, y: 35 });
  });
  it.each(posePropSchema.options)('%s has a path of finite numbers, filled or drawn', (prop) => {
    const shape = propShape(prop, points);
    expect(shape.path).toMatch(/^M[-\d.a-zA-Z ]+$/);
    expect(shape.path).not.toContain('NaN');
    expect(shape.isFilled || shape.lineWidth > 0).toBe(true);
  });
  // On a straight finger: middle joint at 24,18, end joint at 24,5, tip at 24,−5, so a pinch is at 33.5,19.5.
  it.each([
    ['putty', 'M27 41 a12 9 0 1 0 24 0 a12 9 0 1 0 -24 0 Z', true, 0],
    ['ball', 'M31 42 a10 10 0 1 0 20 0 a10 10 0 1 0 -20 0 Z', true, 0],
    ['towel', 'M36 42 H48', false, 12],
    ['cup', 'M34 30 h20 l-3 26 h-14 Z', true, 3],
    ['stick', 'M42 4 V64', false, 7],
    ['weight', 'M40 30 v24 M34 28 h12 M34 56 h12', false, 7],
    ['texture', 'M15 4 h26', false, 6],
    ['mirror', 'M60 4 V72', false, 4],
    ['bead', 'M28.7 19.5 a4.8 4.8 0 1 0 9.6 0 a4.8 4.8 0 1 0 -9.6 0 Z', true, 0],
    ['button', 'M28.1 19.5 a5.4 5.4 0 1 0 10.8 0 a5.4 5.4 0 1 0 -10.8 0 Z', false, 3],
    ['key', 'M33.5 19.5 h16 v4', false, 4],
    ['band', 'M14 5 a10 4.5 0 1 0 20 0 a10 4.5 0 1 0 -20 0 Z', false, 3],
    ['block', 'M14 26.5 l20 3', false, 5],
    ['water', 'M8 52 q6 -5 12 0 t12 0 t12 0 t12 0 V90 H8 Z', true, 0],
  ] as const)('%s is drawn where it is held', (prop, path, isFilled, lineWidth) => {
    expect(propShape(prop, fingerPoints(frame(0, 0, 0)))).toMatchObject({ path, isFilled, lineWidth });
  });
  it('held ones lie behind the finger, pinched and worn ones before it', () => {
    const behind = posePropSchema.options.filter((prop) => propShape(prop, points).isBehind);
    expect(behind).toEqual(['putty', 'cup', 'towel', 'weight', 'ball', 'texture', 'stick', 'mirror']);
  });
});

describe('poseFrameSchema', () => {
  it.each([
    [{}, true],
    [{ mcp: 110, pip: 130, dip: 100, wrist: 90 }, true],
    [{ mcp: -45, pip: -20, dip: -20, wrist: -80 }, true],
    [{ mcp: 111 }, false],
    [{ mcp: -46 }, false],
    [{ pip: 131 }, false],
    [{ dip: -21 }, false],
    [{ dip: 101 }, false],
    [{ pip: -21 }, false],
    [{ wrist: -81 }, false],
    [{ wrist: 91 }, false],
    [{ thumb: 'up' }, false],
    [{ prop: 'knife' }, false],
  ])('%j: %s', (change, valid) => {
    expect(poseFrameSchema.safeParse({ ...frame(0, 0, 0), ...change }).success).toBe(valid);
  });
});
