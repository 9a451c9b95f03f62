import { goniometer, type Reading } from './goniometry';
import { type AngleMark, type AngleMeasurement, isMeasurement, type Joint, type Mark, type Motion } from './mark';

/** Degrees of a goniometric value, both ends included. */
type Reach = { readonly from: number; readonly to: number };

/** What a reading from a picture may be off by, degrees: as its label says. */
const READING_ERROR_DEGREES = 10;

const FINGER_SIDEWAYS: Reach = { from: 0, to: 30 };

/**
 * How far joints go, degrees, as `goniometer` signs them: fingers and thumb on one scale from straight towards flexion
 * (a hyperextension is negative), the wrist on two.
 *
 * Flexion and extension of MCP (0–90, past straight to 45), PIP (0–100), DIP (0–80), thumb MCP (10 past straight, 55),
 * thumb IP (15 past straight, 80), wrist (flexion 75, extension 70, radial deviation 20, ulnar deviation 35): normal ranges
 * of e-hand.com (American Society for Surgery of the Hand). Everything else has no published range for an angle of three
 * points in a picture: defaults of this house, wide on purpose. They question a reading and forbid none.
 */
const REACHES: Readonly<Record<Joint, Partial<Record<Motion, Reach>>>> = {
  mcp: { ...hinge(-45, 90), deviation: { from: 0, to: 45 }, abduction: { from: 0, to: 45 } },
  pip: { ...hinge(0, 100), deviation: FINGER_SIDEWAYS },
  dip: { ...hinge(0, 80), deviation: FINGER_SIDEWAYS },
  thumb_cmc: { ...hinge(-50, 60), deviation: { from: 0, to: 60 }, abduction: { from: 0, to: 80 } },
  thumb_mcp: { ...hinge(-10, 55), deviation: FINGER_SIDEWAYS },
  thumb_ip: { ...hinge(-15, 80), deviation: FINGER_SIDEWAYS },
  wrist: { flexion: { from: 0, to: 75 }, extension: { from: 0, to: 70 }, deviation: { from: 0, to: 35 } },
  forearm: {},
};

function hinge(from: number, to: number): Partial<Record<Motion, Reach>> {
  return { flexion: { from, to }, extension: { from, to } };
}

/** Can the joint stand like this? Within its range and what a picture may be off by; true where no range is known. */
export function isWithinReach({ joint, motion }: AngleMeasurement, valueDegrees: number): boolean {
  const reach = REACHES[joint][motion];
  if (!reach) return true;
  const degrees = Math.round(valueDegrees);
  return degrees >= reach.from - READING_ERROR_DEGREES && degrees <= reach.to + READING_ERROR_DEGREES;
}

type Angle = Pick<AngleMark, 'points' | 'aspect'>;

export type OtherReading = {
  /** What would be said otherwise. */
  readonly change: 'side' | 'view' | 'motion';
  readonly measurement: AngleMeasurement;
  readonly reading: Reading;
};

const OTHER_SIDE = { left: 'right', right: 'left' } as const;
const OTHER_VIEW = { radial: 'ulnar', ulnar: 'radial', dorsal: 'palmar', palmar: 'dorsal' } as const;
const OTHER_MOTION = { flexion: 'extension', extension: 'flexion' } as const;

/**
 * What else the same three points may measure, where the joint can do it: the other hand, seen from the other side, of a
 * wrist the other motion. Empty where none of them fits: then the points are to be set again.
 */
export function otherReadings(angle: Angle, measurement: AngleMeasurement): OtherReading[] {
  const { side, view, motion, joint } = measurement;
  const others: Omit<OtherReading, 'reading'>[] = [
    { change: 'side', measurement: { ...measurement, side: OTHER_SIDE[side] } },
    { change: 'view', measurement: { ...measurement, view: OTHER_VIEW[view] } },
  ];
  if (joint === 'wrist' && (motion === 'flexion' || motion === 'extension'))
    others.push({ change: 'motion', measurement: { ...measurement, motion: OTHER_MOTION[motion] } });
  return others.flatMap((other) => {
    const reading = goniometer({ ...angle, measurement: other.measurement });
    const fits = reading?.reliable && isWithinReach(other.measurement, reading.valueDegrees);
    return reading && fits ? [{ ...other, reading }] : [];
  });
}

/**
 * True for a measurement that says what its joint cannot do, and of which nobody said that it is so all the same. It is not
 * stored: the points, the hand or the side that it was seen from are wrong more often than the joint.
 */
export function isDoubtful(mark: Mark): boolean {
  if (!isMeasurement(mark) || mark.measurement.unusual) return false;
  const reading = goniometer({ points: mark.points, aspect: mark.aspect, measurement: mark.measurement });
  return reading !== null && !isWithinReach(mark.measurement, reading.valueDegrees);
}
