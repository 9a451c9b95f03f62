import type { AngleMeasurement, Point } from './annotation';

export type Reading = {
  /** Angle between the two bones, 0 to 180 degrees. */
  readonly includedDegrees: number;
  /** Goniometric value: 180 − included, negative past straight where the view tells the direction. */
  readonly valueDegrees: number;
  /** False where the view cannot tell bending from bending backwards. */
  readonly reliable: boolean;
};

type AngleInput = {
  /** Proximal, joint, distal: [0,1] of the unmirrored picture. */
  readonly points: readonly [Point, Point, Point];
  /** Width / height of the picture. Angles in raw normalised units are wrong off a square. */
  readonly aspect: number;
};

/** Two bones as vectors in units of the picture's height, y down. */
function bones({ points: [proximal, joint, distal], aspect }: AngleInput) {
  const along = (from: Point, to: Point) => ({ x: (to.x - from.x) * aspect, y: to.y - from.y });
  return { in: along(proximal, joint), out: along(joint, distal) };
}

/** Angle at the joint in degrees, 0 to 180; null where two points coincide. */
export function includedAngle(input: AngleInput): number | null {
  const { in: a, out: b } = bones(input);
  if (Math.hypot(a.x, a.y) === 0 || Math.hypot(b.x, b.y) === 0) return null;
  const turn = Math.atan2(Math.abs(a.x * b.y - a.y * b.x), a.x * b.x + a.y * b.y);
  return 180 - (turn * 180) / Math.PI;
}

/**
 * Which way bending turns from the proximal to the distal bone as one looks at an unmirrored picture:
 * a right hand seen from the thumb's side bends counter-clockwise, from the little finger's side clockwise;
 * a left hand the other way round. However the hand is turned in the picture, this stays.
 */
function bendsClockwise({ side, view }: AngleMeasurement): boolean | null {
  if (view !== 'radial' && view !== 'ulnar') return null;
  return (side === 'right') === (view === 'ulnar');
}

/** The reading of a measured joint; null where two points coincide. A 2-D estimate, ±10° or worse off a strict side view. */
export function goniometer({
  measurement,
  ...input
}: AngleInput & { readonly measurement: AngleMeasurement }): Reading | null {
  const includedDegrees = includedAngle(input);
  if (includedDegrees === null) return null;
  const bend = 180 - includedDegrees;
  const isHinge = measurement.motion === 'flexion' || measurement.motion === 'extension';
  const clockwise = isHinge ? bendsClockwise(measurement) : null;
  if (clockwise === null) return { includedDegrees, valueDegrees: bend, reliable: !isHinge };
  const { in: a, out: b } = bones(input);
  // y points down, so a positive cross product turns clockwise as seen.
  const turnsClockwise = a.x * b.y - a.y * b.x > 0;
  return { includedDegrees, valueDegrees: turnsClockwise === clockwise || bend === 0 ? bend : -bend, reliable: true };
}

/** What a label says: whole degrees and the words' keys. */
export function measurementLabel(valueDegrees: number, { joint, digit, side, motion, view }: AngleMeasurement) {
  return { degrees: Math.round(valueDegrees) + 0, joint, digit, side, motion, view };
}
