import type { Joint } from '#domain/annotation/mark';
import type { Digit } from '#domain/input/fields';
import type { MeasuredMotion } from './measure';

/** How a joint was read once, degrees signed as `goniometry.ts` says. */
export type JointReading<Row = null> = {
  readonly joint: Joint;
  readonly digit: Digit;
  readonly motion: 'flexion' | 'extension';
  readonly activity: 'active' | 'passive' | 'assisted';
  readonly degrees: number;
  /** Of two readings the later counts. */
  readonly at: number;
  readonly row: Row;
};

export type TotalMotion<Row> = {
  /** `tam` active, `tpm` passive, `assisted` neither. */
  readonly what: 'tam' | 'tpm' | 'assisted';
  readonly degrees: number;
  /** What is missing to straight, over all joints; a joint that goes past straight lacks nothing. */
  readonly deficitDegrees: number;
  readonly from: readonly Row[];
};

const FINGER_JOINTS = ['mcp', 'pip', 'dip'] as const;
/** A thumb has two joints that bend: its total is of MCP and IP. */
const THUMB_JOINTS = ['thumb_mcp', 'thumb_ip'] as const;

export function jointsOfTotal(digit: Digit): readonly Joint[] {
  return digit === 'thumb' ? THUMB_JOINTS : FINGER_JOINTS;
}

function latest<Row>(readings: readonly JointReading<Row>[]): JointReading<Row> | null {
  return readings.reduce<JointReading<Row> | null>((last, one) => (last && last.at > one.at ? last : one), null);
}

/**
 * Total active (TAM) or passive (TPM) motion of one digit in degrees: the sum of flexion less the sum of what each joint
 * lacks to straight (American Society for Surgery of the Hand, by HandLab, Clinical Pearl 18). Null unless every joint of
 * the digit (MCP, PIP, DIP; of the thumb MCP and IP) was bent and straightened. The readings are of one digit, activity,
 * method and day: whoever asks has put them together so. Hyperextension adds nothing.
 */
export function totalMotion<Row>(readings: readonly JointReading<Row>[]): TotalMotion<Row> | null {
  const [first] = readings;
  if (!first) return null;
  const parts = jointsOfTotal(first.digit).map((joint) => {
    const ofJoint = readings.filter((reading) => reading.joint === joint);
    const of = (motion: JointReading['motion']) => latest(ofJoint.filter((reading) => reading.motion === motion));
    return { flexion: of('flexion'), extension: of('extension') };
  });
  let [flexed, deficit] = [0, 0];
  const from: Row[] = [];
  for (const { flexion, extension } of parts) {
    if (!flexion || !extension) return null;
    flexed += flexion.degrees;
    deficit += Math.max(0, extension.degrees);
    from.push(flexion.row, extension.row);
  }
  const what = first.activity === 'active' ? 'tam' : first.activity === 'passive' ? 'tpm' : 'assisted';
  return { what, degrees: Math.max(0, Math.round(flexed - deficit)), deficitDegrees: Math.round(deficit), from };
}

/** Total motion of a finger that is called normal: 85 + 110 + 65 (American Society for Surgery of the Hand), degrees. */
const NORMAL_FINGER_TOTAL_DEGREES = 260;

export type AsshGrade = {
  readonly grade: 'excellent' | 'good' | 'fair' | 'poor';
  readonly percent: number;
  readonly against: 'other_hand' | 'normal';
};

/**
 * Grade of total active motion: in percent of the same digit of the other hand, else of 260° (fingers). Excellent 100, good
 * above 75, fair above 50, else poor (American Society for Surgery of the Hand, by HandLab, Clinical Pearl 18). A thumb is
 * graded only against the other: 260° is of fingers. Null where there is nothing to compare with.
 */
export function asshGrade(digit: Digit, tamDegrees: number, otherHandDegrees: number | null): AsshGrade | null {
  const hasOther = otherHandDegrees !== null && otherHandDegrees > 0;
  if (!hasOther && digit === 'thumb') return null;
  const normal = hasOther ? otherHandDegrees : NORMAL_FINGER_TOTAL_DEGREES;
  const percent = Math.round((tamDegrees / normal) * 100);
  const grade = percent >= 100 ? 'excellent' : percent > 75 ? 'good' : percent > 50 ? 'fair' : 'poor';
  return { grade, percent, against: hasOther ? 'other_hand' : 'normal' };
}

export type StricklandGrade = { readonly percent: number; readonly grade: AsshGrade['grade'] };

/** Motion of PIP and DIP that counts as all of it, degrees. */
const STRICKLAND_NORMAL_DEGREES = 175;

/**
 * Strickland and Glogovac (1980): active flexion of PIP and DIP less what they lack to straight, in percent of 175°; from 85
 * excellent, 70 good, 50 fair. Grades and joints as in HandLab, Clinical Pearl 18; the 175° as in the comparison of five
 * systems that calls it their scaling factor ("Measurement of range of motion of the finger after flexor tendon repair in
 * zone II of the hand"). It is made for repairs of flexor tendons. Null unless both joints were bent and straightened.
 */
export function strickland<Row>(readings: readonly JointReading<Row>[]): StricklandGrade | null {
  const active = readings.filter(({ activity, digit }) => activity === 'active' && digit !== 'thumb');
  let sum = 0;
  for (const joint of ['pip', 'dip'] as const) {
    const of = (motion: JointReading['motion']) =>
      latest(active.filter((one) => one.joint === joint && one.motion === motion));
    const [flexion, extension] = [of('flexion'), of('extension')];
    if (!flexion || !extension) return null;
    sum += flexion.degrees - Math.max(0, extension.degrees);
  }
  const percent = Math.round((Math.max(0, sum) / STRICKLAND_NORMAL_DEGREES) * 100);
  return { percent, grade: percent >= 85 ? 'excellent' : percent >= 70 ? 'good' : percent >= 50 ? 'fair' : 'poor' };
}

/** How a joint that has one scale from straight towards flexion stands in extension. */
export type Straightness = { readonly stands: 'short' | 'straight' | 'past'; readonly degrees: number };

/** Joints of which extension is a motion of its own from neutral upwards, never a deficit. */
const FROM_NEUTRAL: ReadonlySet<Joint> = new Set<Joint>(['wrist', 'forearm']);

/** Whether a value of this motion is a deficit from straight, which screens say in words and never by its sign. */
export function isStraightening(joint: Joint | null, motion: MeasuredMotion | null): boolean {
  return joint !== null && motion === 'extension' && !FROM_NEUTRAL.has(joint);
}

/** Stored degrees of a straightened finger or thumb in words: short of straight, straight, past straight; whole degrees. */
export function straightness(degrees: number): Straightness {
  const whole = Math.round(degrees);
  return { stands: whole > 0 ? 'short' : whole < 0 ? 'past' : 'straight', degrees: Math.abs(whole) };
}

/**
 * What was typed for "straight", as stored: `12` and `−12` are 12° short of straight (therapists write a lag with either
 * sign), `+5` is 5° past straight. Null for an empty field, NaN for what is not a number of degrees.
 */
export function straightFromTyped(text: string): number | null {
  const plain = text.replace(/[\s\p{Cf}°]/gu, '');
  if (plain === '') return null;
  const [, sign, digits] = /^([+\-−‐–—]?)(\d{1,3})$/u.exec(plain) ?? [];
  if (digits === undefined) return Number.NaN;
  const degrees = Number(digits);
  return degrees === 0 ? 0 : sign === '+' ? -degrees : degrees;
}

type Range = { readonly fromDegrees: number; readonly toDegrees: number };

/** Bend in which nine of ten daily tasks are done, degrees (Bain 2015, doi 10.1177/1753193414533754). */
export const FUNCTIONAL_BANDS: Readonly<Partial<Record<Joint, Range>>> = {
  mcp: { fromDegrees: 19, toDegrees: 71 },
  pip: { fromDegrees: 23, toDegrees: 87 },
  dip: { fromDegrees: 10, toDegrees: 64 },
};

/** How far a joint usually goes in this motion, degrees (e-hand.com, nor002, American Society for Surgery of the Hand). */
const NORMAL_RANGES: Readonly<Partial<Record<Joint, Partial<Record<MeasuredMotion, number>>>>> = {
  mcp: { flexion: 90, extension: 0 },
  pip: { flexion: 100, extension: 0 },
  dip: { flexion: 80, extension: 0 },
  thumb_mcp: { flexion: 55, extension: -10 },
  thumb_ip: { flexion: 80, extension: -15 },
  wrist: { flexion: 75, extension: 70, radial_deviation: 20, ulnar_deviation: 35 },
  forearm: { pronation: 70, supination: 85 },
};

/** The usual end of a motion in degrees, signed as stored; null where no source that was read says one. */
export function normalEndOf(joint: Joint, motion: MeasuredMotion): number | null {
  return NORMAL_RANGES[joint]?.[motion] ?? null;
}
