import type { Pixel } from './view-transform';

type Size = { readonly width: number; readonly height: number };

/** A value to be shown at a joint, all in CSS pixels of the picture's box: the bones' ends and how large its label is. */
export type JointLabel = { readonly points: readonly [Pixel, Pixel, Pixel]; readonly size: Size };

/** Where a label lies, CSS pixels. */
export type LabelPlace = { readonly left: number; readonly top: number };

/** Where something else lies, CSS pixels of the picture's box. */
export type Box = LabelPlace & Size;
type Segment = readonly [Pixel, Pixel];

/** From the joint to the near edge of its label. */
const GAP_PX = 14;
/** How far out a label may go before it lies on something. */
const RINGS = [0, 24, 48, 80, 120, 170, 230];
/** Turns away from the best direction, nearest first. */
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4].map((eighth) => (eighth * Math.PI) / 4);
const EDGE_PX = 4;

/** What is shown of a tag: a ring around its place, and its number beside it. */
export type TagLabel = { readonly at: Pixel; readonly radius: number; readonly size: Size };

/**
 * Places for values at their joints and for numbers of tags at their rings, as `placeLabels`: none lies on another one, and
 * none on a ring, as long as there is room.
 */
export function placeAll(
  values: readonly JointLabel[],
  tags: readonly TagLabel[],
  box: Size,
  kept: readonly Box[],
): { values: LabelPlace[]; tags: LabelPlace[] } {
  const rings = tags.map(({ at: { x, y }, radius }) => ({
    ...{ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius },
  }));
  // A tag bends nowhere: the hand is looked for in the middle of the picture, and its number set away from there.
  const numbers = tags.map(({ at, size }): JointLabel => {
    const inwards = Math.atan2(box.height / 2 - at.y, box.width / 2 - at.x);
    const inner = { x: at.x + Math.cos(inwards), y: at.y + Math.sin(inwards) };
    return { points: [inner, at, inner], size };
  });
  const places = placeLabels([...values, ...numbers], box, [...kept, ...rings]);
  return { values: places.slice(0, values.length), tags: places.slice(values.length) };
}

/**
 * A place for each value: outside the bend of its joint, where the hand is not, inside the box, and on no other value and no
 * bone, nor where something else is kept. In the order given; the same labels get the same places. Where a box is too full for that, a value lies on as little
 * as can be.
 */
export function placeLabels(labels: readonly JointLabel[], box: Size, kept: readonly Box[] = []): LabelPlace[] {
  const bones = labels.flatMap(({ points: [a, joint, b] }): Segment[] => [
    [a, joint],
    [joint, b],
  ]);
  const taken: Box[] = [...kept];
  return labels.map((label) => {
    const place = bestPlace(label, { box, bones, taken });
    taken.push({ ...place, ...label.size });
    return place;
  });
}

type Around = { box: Size; bones: readonly Segment[]; taken: readonly Box[] };

function bestPlace({ points, size }: JointLabel, around: Around): LabelPlace {
  const [, joint] = points;
  const outwards = outsideOf(points);
  let best: { place: LabelPlace; cost: number } | null = null;
  for (const ring of RINGS)
    for (const turn of TURNS) {
      const place = inside(at(joint, outwards + turn, size, ring), size, around.box);
      const cost = costOf({ ...place, ...size }, around);
      if (cost === 0) return place;
      if (!best || cost < best.cost) best = { place, cost };
    }
  return best?.place ?? { left: 0, top: 0 };
}

/** The direction from the joint that leaves both bones behind it, radians; across them where they lie in one line. */
function outsideOf([a, joint, b]: JointLabel['points']): number {
  const unit = (to: Pixel) => {
    const length = Math.hypot(to.x - joint.x, to.y - joint.y) || 1;
    return { x: (to.x - joint.x) / length, y: (to.y - joint.y) / length };
  };
  const [first, second] = [unit(a), unit(b)];
  const [x, y] = [first.x + second.x, first.y + second.y];
  return Math.hypot(x, y) < 0.05 ? Math.atan2(-first.x, first.y) : Math.atan2(-y, -x);
}

/** The label with its edge, not its middle, at the gap from the joint. */
function at(joint: Pixel, angle: number, { width, height }: Size, ring: number): LabelPlace {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.abs(dx) * (width / 2) + Math.abs(dy) * (height / 2) + GAP_PX + ring;
  return { left: joint.x + dx * reach - width / 2, top: joint.y + dy * reach - height / 2 };
}

function inside({ left, top }: LabelPlace, { width, height }: Size, box: Size): LabelPlace {
  return {
    left: Math.max(EDGE_PX, Math.min(left, box.width - width - EDGE_PX)),
    top: Math.max(EDGE_PX, Math.min(top, box.height - height - EDGE_PX)),
  };
}

/** Square pixels of other values that it would cover, and of bones; 0 = free. */
function costOf(label: Box, { bones, taken }: Around): number {
  const covered = taken.reduce((sum, other) => sum + overlap(label, other), 0);
  const crossed = bones.filter((bone) => touches(label, bone)).length;
  // A value that cannot be read is worse than a bone that cannot be seen.
  return covered * 4 + crossed * label.height * label.width;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Does the bone run through the label? Liang and Barsky's clipping of a line by a box. */
function touches({ left, top, width, height }: Box, [from, to]: Segment): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  for (const [along, distance] of [
    [-dx, from.x - left],
    [dx, left + width - from.x],
    [-dy, from.y - top],
    [dy, top + height - from.y],
  ] as const) {
    if (along === 0) {
      if (distance < 0) return false;
      continue;
    }
    const share = distance / along;
    if (along < 0) enter = Math.max(enter, share);
    else leave = Math.min(leave, share);
  }
  return enter < leave;
}
