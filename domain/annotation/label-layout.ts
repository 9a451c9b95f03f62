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
/** Between a label and what it must not lie on: two values with their edges together read as one. */
const APART_PX = 2;

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
 * bone, nor where something else is kept. In the order given; the same labels get the same places. Where not all of that can
 * be, it lies on bones sooner than on a value, and on a value only where the whole box has no room beside them.
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
  const near = RINGS.flatMap((ring) => TURNS.map((turn) => at(joint, outwards + turn, size, ring)));
  const beside = leastOver(near, size, around);
  if (beside.covered === 0) return beside.place;
  const anywhere = leastOver(byDistance(joint, size, besideTaken(size, around)), size, around);
  return anywhere.covered < beside.covered ? anywhere.place : beside.place;
}

/** The first of the places that lies on nothing; without one, that which covers least, then that on the fewest bones. */
function leastOver(places: readonly LabelPlace[], size: Size, around: Around): { place: LabelPlace; covered: number } {
  let best = { place: { left: 0, top: 0 }, covered: Number.POSITIVE_INFINITY, crossed: 0 };
  for (const wanted of places) {
    const place = inside(wanted, size, around.box);
    const label = { ...place, ...size };
    const covered = around.taken.reduce((sum, other) => sum + overlap(grown(label), other), 0);
    if (covered > best.covered) continue;
    const crossed = around.bones.filter((bone) => touches(label, bone)).length;
    if (covered + crossed === 0) return { place, covered };
    // A value that cannot be read, if only in part, is worse than bones that cannot be seen.
    if (covered < best.covered || crossed < best.crossed) best = { place, covered, crossed };
  }
  return best;
}

/** Where a label can lie against what is taken or against the box's edges: if the box has any room for it, one of these is in it. */
function besideTaken({ width, height }: Size, { box, taken }: Around): LabelPlace[] {
  const lefts = taken.flatMap((one) => [one.left - width - EDGE_PX, one.left + one.width + EDGE_PX]);
  const tops = taken.flatMap((one) => [one.top - height - EDGE_PX, one.top + one.height + EDGE_PX]);
  return [0, ...lefts, box.width].flatMap((left) => [0, ...tops, box.height].map((top) => ({ left, top })));
}

function byDistance(joint: Pixel, { width, height }: Size, places: readonly LabelPlace[]): LabelPlace[] {
  const from = ({ left, top }: LabelPlace) => Math.hypot(left + width / 2 - joint.x, top + height / 2 - joint.y);
  // `toSorted` is missing on phones of before 2022.
  return [...places].sort((one, other) => from(one) - from(other));
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

function grown({ left, top, width, height }: Box): Box {
  return {
    ...{ left: left - APART_PX, top: top - APART_PX },
    ...{ width: width + 2 * APART_PX, height: height + 2 * APART_PX },
  };
}

/** Square pixels. */
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
