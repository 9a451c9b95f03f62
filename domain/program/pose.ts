import * as z from 'zod/mini';

function degrees(min: number, max: number) {
  return z.number().check(z.gte(min), z.lte(max));
}

export const posePropSchema = z.enum([
  'putty',
  'bead',
  'button',
  'cup',
  'band',
  'towel',
  'weight',
  'ball',
  'key',
  'texture',
  'stick',
  'block',
  'mirror',
  'water',
]);
export type PoseProp = z.infer<typeof posePropSchema>;

/**
 * One position of the drawn hand, seen from the thumb side. Angles in degrees, bending towards the palm is positive
 * (0 = straight); `wrist` likewise.
 */
export const poseFrameSchema = z.object({
  mcp: degrees(-45, 110),
  pip: degrees(-20, 130),
  dip: degrees(-20, 100),
  wrist: z.nullable(degrees(-80, 90)),
  thumb: z.enum(['away', 'meeting']),
  prop: z.nullable(posePropSchema),
});
export type PoseFrame = z.infer<typeof poseFrameSchema>;

export type Point = { x: number; y: number };
/** Big knuckle, middle joint, end joint, fingertip. */
export type FingerPoints = readonly [Point, Point, Point, Point];

const KNUCKLE: Point = { x: 24, y: 37 };
/** The drawing turns about this point when the wrist bends. */
export const WRIST: Point = { x: 32, y: 64 };
/** Lengths of the three finger bones in drawing units. */
const BONES = [19, 13, 10] as const;

/** The finger's joints from its angles: forward kinematics in drawing units, y down, the palm below the finger. */
export function fingerPoints(frame: Pick<PoseFrame, 'mcp' | 'pip' | 'dip' | 'wrist'>): FingerPoints {
  const turn = frame.wrist ?? 0;
  const knuckle = turnAbout(KNUCKLE, WRIST, turn);
  const middle = along(knuckle, turn + frame.mcp, BONES[0]);
  const end = along(middle, turn + frame.mcp + frame.pip, BONES[1]);
  return [knuckle, middle, end, along(end, turn + frame.mcp + frame.pip + frame.dip, BONES[2])];
}

export type PoseFit = { scale: number; x: number; y: number };

/** Half the finger's thickness, so that the flesh and not only the bone stays in the picture. */
const FLESH = 7;
const PALM_LEFT = 16;
const MARGIN = 4;

/**
 * The scale and shift that show every frame of a row in squares of `size` units: one for all, so that the palm stays
 * where it is from picture to picture. The palm (or forearm) runs out at the lower edge.
 */
export function fitPoses(frames: readonly PoseFrame[], size = 64): PoseFit {
  const points = frames.flatMap(fingerPoints);
  const bottom = frames.some(({ wrist }) => wrist !== null) ? WRIST.y + 18 : WRIST.y;
  const left = Math.min(PALM_LEFT, ...points.map(({ x }) => x - FLESH));
  const right = Math.max(KNUCKLE.x + 22, ...points.map(({ x }) => x + FLESH));
  const top = Math.min(KNUCKLE.y, ...points.map(({ y }) => y - FLESH));
  const scale = Math.min(1.25, (size - MARGIN) / (bottom - top), (size - 2 * MARGIN) / (right - left));
  return { scale, x: size / 2 - (scale * (left + right)) / 2, y: size + 2 - scale * bottom };
}

/** A row of pictures: each frame with the left edge of its square. Empty for no frames. */
export function poseRow(frames: readonly PoseFrame[], size = 64, gap = 6): { x: number; frame: PoseFrame }[] {
  return frames.map((frame, i) => ({ x: i * (size + gap), frame }));
}

/**
 * The hand on its way through the frames of an exercise: `position` 0 is the first frame, 1 the last. Angles go evenly
 * from frame to frame; what cannot be halved (thumb, object, a wrist that is not drawn) is the nearer frame's.
 */
export function poseAt(frames: readonly PoseFrame[], position: number): PoseFrame | null {
  const place = Math.min(1, Math.max(0, position)) * Math.max(0, frames.length - 1);
  const from = frames[Math.floor(place)];
  const to = frames[Math.ceil(place)];
  if (!from || !to) return null;
  const part = place - Math.floor(place);
  const between = (a: number, b: number) => a + (b - a) * part;
  const nearer = part < 0.5 ? from : to;
  return {
    mcp: between(from.mcp, to.mcp),
    pip: between(from.pip, to.pip),
    dip: between(from.dip, to.dip),
    wrist: from.wrist === null || to.wrist === null ? nearer.wrist : between(from.wrist, to.wrist),
    thumb: nearer.thumb,
    prop: nearer.prop,
  };
}

/** The tip of the drawn thumb when it meets the finger. */
export const THUMB_TIP: Point = { x: 51, y: 42 };

/** Where a pinched object sits: between thumb tip and fingertip, a little towards the palm. */
export function pinchPoint(points: FingerPoints): Point {
  const tip = points[3];
  return { x: (tip.x + THUMB_TIP.x) / 2 - 4, y: (tip.y + THUMB_TIP.y) / 2 + 1 };
}

/** An object as one SVG path in drawing units, filled, drawn as a line, or both. */
export type PropShape = { path: string; isFilled: boolean; lineWidth: number; isBehind: boolean };

/** The object of a frame. Held objects lie behind the finger, pinched and worn ones before it. */
export function propShape(prop: PoseProp, points: FingerPoints): PropShape {
  const [knuckle, middle, end, tip] = points;
  const pinch = pinchPoint(points);
  const bone = { x: (knuckle.x + middle.x) / 2, y: (knuckle.y + middle.y) / 2 };
  const behind = (path: string, lineWidth = 0, isFilled = true) => ({ path, isFilled, lineWidth, isBehind: true });
  const before = (path: string, lineWidth = 0, isFilled = true) => ({ path, isFilled, lineWidth, isBehind: false });
  const shapes: Record<PoseProp, () => PropShape> = {
    putty: () => behind(ellipse({ x: 39, y: 41 }, 12, 9)),
    ball: () => behind(ellipse({ x: 41, y: 42 }, 10, 10)),
    towel: () => behind('M36 42 H48', 12, false),
    cup: () => behind('M34 30 h20 l-3 26 h-14 Z', 3),
    stick: () => behind('M42 4 V64', 7, false),
    weight: () => behind('M40 30 v24 M34 28 h12 M34 56 h12', 7, false),
    texture: () => behind(`M${tip.x - 9} ${tip.y + 9} h26`, 6, false),
    mirror: () => behind('M60 4 V72', 4, false),
    bead: () => before(ellipse(pinch, 4.8, 4.8)),
    button: () => before(ellipse(pinch, 5.4, 5.4), 3, false),
    key: () => before(`M${pinch.x} ${pinch.y} h16 v4`, 4, false),
    band: () => before(ellipse(end, 10, 4.5), 3, false),
    block: () => before(`M${bone.x - 10} ${bone.y - 1} l20 3`, 5, false),
    water: () => before('M8 52 q6 -5 12 0 t12 0 t12 0 t12 0 V90 H8 Z'),
  };
  return shapes[prop]();
}

function ellipse({ x, y }: Point, rx: number, ry: number): string {
  return `M${x - rx} ${y} a${rx} ${ry} 0 1 0 ${2 * rx} 0 a${rx} ${ry} 0 1 0 ${-2 * rx} 0 Z`;
}

function along(from: Point, angle: number, length: number): Point {
  const radians = (angle * Math.PI) / 180;
  return { x: from.x + length * Math.sin(radians), y: from.y - length * Math.cos(radians) };
}

function turnAbout(point: Point, centre: Point, angle: number): Point {
  const radians = (angle * Math.PI) / 180;
  const x = point.x - centre.x;
  const y = point.y - centre.y;
  return {
    x: centre.x + x * Math.cos(radians) - y * Math.sin(radians),
    y: centre.y + x * Math.sin(radians) + y * Math.cos(radians),
  };
}
