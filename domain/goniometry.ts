import type { AngleMeasurement, Point } from './annotation';

/** Shorter bones, in picture heights, give no angle. */
const BONE_LENGTH_MIN = 1e-6;
const STRAIGHT_DEGREES = 180;

export type Reading = {
  /** Angle between the two bones, 0 to 180 degrees. */
  readonly includedDegrees: number;
  /** 180 − included; where the view tells the direction, positive towards flexion and negative past straight. */
  readonly valueDegrees: number;
  /** False where this view cannot show this motion, or cannot tell flexion from extension. */
  readonly reliable: boolean;
};

type AngleInput = {
  /** Proximal, joint, distal: [0,1] of the unmirrored picture. */
  readonly points: readonly [Point, Point, Point];
  /** Width / height of the picture. Angles in raw normalised units are wrong off a square. */
  readonly aspect: number;
};

/** A bone as a vector in picture heights, y down; null when its ends coincide or are not numbers. */
function boneBetween(from: Point, to: Point, aspect: number): Point | null {
  const bone = { x: (to.x - from.x) * aspect, y: to.y - from.y };
  const length = Math.hypot(bone.x, bone.y);
  return length >= BONE_LENGTH_MIN && Number.isFinite(length) ? bone : null;
}

/** Turn from the proximal to the distal bone, −180 to 180 degrees, clockwise as seen; null when points coincide. */
function turnDegrees({ points: [proximal, joint, distal], aspect }: AngleInput): number | null {
  const a = boneBetween(proximal, joint, aspect);
  const b = boneBetween(joint, distal, aspect);
  if (!a || !b) return null;
  return (Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y) * STRAIGHT_DEGREES) / Math.PI;
}

/** Angle at the joint in degrees, 0 to 180, aspect-correct; null when points coincide. */
export function includedAngle(input: AngleInput): number | null {
  const turn = turnDegrees(input);
  return turn === null ? null : STRAIGHT_DEGREES - Math.abs(turn);
}

/**
 * Which way flexion turns from the proximal to the distal bone in an unmirrored picture: a right hand seen from its
 * radial side counter-clockwise (−1), from its ulnar side clockwise (1), a left hand the other way round; null face-on,
 * where it has no side. However the hand is turned in the picture, this stays.
 */
function flexionTurn({ side, view }: AngleMeasurement): 1 | -1 | null {
  if (view === 'dorsal' || view === 'palmar') return null;
  return (side === 'right') === (view === 'ulnar') ? 1 : -1;
}

/**
 * The reading of a measured joint, degrees; null when points coincide. A 2-D estimate, ±10° or worse off a strict view.
 * Flexion and extension share one scale and need a side view; deviation and abduction are unsigned and need a dorsal or
 * palmar one.
 */
export function goniometer(input: AngleInput & { readonly measurement: AngleMeasurement }): Reading | null {
  const turn = turnDegrees(input);
  if (turn === null) return null;
  const { motion } = input.measurement;
  const isHinge = motion === 'flexion' || motion === 'extension';
  const flexion = flexionTurn(input.measurement);
  const bend = Math.abs(turn);
  const includedDegrees = STRAIGHT_DEGREES - bend;
  if (!isHinge || flexion === null) {
    return { includedDegrees, valueDegrees: bend, reliable: isHinge === (flexion !== null) };
  }
  // Folded flat the turn has no direction; a joint gets there by flexion only.
  const isPastStraight = turn * flexion < 0 && bend < STRAIGHT_DEGREES;
  return { includedDegrees, valueDegrees: isPastStraight ? -bend : bend, reliable: true };
}

/** What a label says: whole degrees (never −0) and the words' keys. */
export function measurementLabel(valueDegrees: number, { joint, digit, side, motion, view }: AngleMeasurement) {
  return { degrees: Math.round(valueDegrees) + 0, joint, digit, side, motion, view };
}
