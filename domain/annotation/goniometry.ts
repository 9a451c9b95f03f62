import type { AngleMeasurement, Joint, Point } from './mark';

/** Shorter bones, in picture heights, give no angle. */
const BONE_LENGTH_MIN = 1e-6;
const STRAIGHT_DEGREES = 180;

export type Reading = {
  /** Angle between the two bones, 0 to 180 degrees. */
  readonly includedDegrees: number;
  /** 180 − included; where the view tells the direction, signed as `goniometer` says. */
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

/** Joints that reach as far beyond straight as before it: there extension is a motion of its own, from 0 upwards. */
const EXTENDS_FROM_NEUTRAL: ReadonlySet<Joint> = new Set<Joint>(['wrist']);

/** Degrees towards flexion: negative past straight. */
function flexionDegrees(turn: number, flexion: 1 | -1): number {
  const bend = Math.abs(turn);
  // Folded flat the turn has no direction; a joint gets there by flexion only.
  return turn * flexion < 0 && bend < STRAIGHT_DEGREES ? -bend : bend;
}

/**
 * The reading of a measured joint, degrees; null when points coincide. A 2-D estimate, ±10° or worse off a strict view.
 * Flexion and extension need a side view; deviation and abduction are unsigned and need a dorsal or palmar one.
 *
 * Signs. A wrist has two motions from neutral, each with a norm of its own (American Academy of Orthopaedic Surgeons,
 * neutral-zero method: flexion to about 75°, extension to about 75°): measured as extension, a hand bent backwards reads
 * positive and one that does not come up to neutral negative. Fingers and thumb have one scale from straight towards
 * flexion, whichever motion is named: an extension deficit of 20° reads 20, hyperextension reads negative, so that the
 * total active motion is a plain sum. Therapists use both signs for hyperextension (Mulder and Wittmeier 2009,
 * Physiotherapy Canada 61:266), so a label always names the motion.
 */
export function goniometer(input: AngleInput & { readonly measurement: AngleMeasurement }): Reading | null {
  const turn = turnDegrees(input);
  if (turn === null) return null;
  const { joint, motion } = input.measurement;
  const isHinge = motion === 'flexion' || motion === 'extension';
  const flexion = flexionTurn(input.measurement);
  const includedDegrees = STRAIGHT_DEGREES - Math.abs(turn);
  if (!isHinge || flexion === null) {
    return { includedDegrees, valueDegrees: Math.abs(turn), reliable: isHinge === (flexion !== null) };
  }
  const towardsFlexion = flexionDegrees(turn, flexion);
  const isExtension = motion === 'extension' && EXTENDS_FROM_NEUTRAL.has(joint);
  return { includedDegrees, valueDegrees: isExtension ? 0 - towardsFlexion : towardsFlexion, reliable: true };
}

export type PlainReading = {
  /** How the joint stands: `past_straight` and `bent_back` are bends the other way. */
  readonly way: 'bent' | 'past_straight' | 'bent_back' | 'sideways' | 'spread';
  /** Whole degrees, never negative. */
  readonly degrees: number;
};

/**
 * The reading as a patient reads it: which way, and how far. A sign says nothing to who has not learnt it, and a finger
 * that was asked to stretch and lacks 20° stands bent by 20°.
 */
export function plainReading({ joint, motion }: Pick<AngleMeasurement, 'joint' | 'motion'>, valueDegrees: number) {
  const value = Math.round(valueDegrees);
  return { way: wayOf(joint, motion, value), degrees: Math.abs(value) } satisfies PlainReading;
}

function wayOf(joint: Joint, motion: AngleMeasurement['motion'], value: number): PlainReading['way'] {
  if (motion === 'deviation') return 'sideways';
  if (motion === 'abduction') return 'spread';
  if (!EXTENDS_FROM_NEUTRAL.has(joint)) return value < 0 ? 'past_straight' : 'bent';
  return (motion === 'extension') === value >= 0 ? 'bent_back' : 'bent';
}
