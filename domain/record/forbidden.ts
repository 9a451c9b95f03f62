import type { Joint } from '#domain/annotation/mark';
import type { Digit, Side, Sides } from '#domain/input/fields';
import { EARLY_WEEKS, isEarlyAfterSurgery } from '#domain/program/publishing';
import type { LocalDay } from '#domain/time/local-day';
import {
  coversMotion,
  isFingerJoint,
  isOfHand,
  isRestricting,
  type MotionLimit,
  type Restriction,
  type RestrictionLimit,
} from './restriction';

/** A test that somebody is about to do. What the kind does not have is null. */
export type PlannedTest = {
  /** A kind of the catalogue of measures; those that load nothing and move nothing passively are never forbidden. */
  kind: string;
  activity: 'active' | 'passive' | 'assisted' | null;
  side: Side | null;
  joint: Joint | null;
  digit: Digit | null;
  motion: string | null;
};

/** What the record says on the day of the test. */
export type TestFacts = {
  /** What is stopped now (`heldStops`, or the stops of the record that were not lifted). */
  stops: readonly { lineageId: string | null; severity: 'red' | 'urgent'; saidAt: number }[];
  restrictions: readonly Restriction[];
  /** The hand of the hand problem that `surgeryOn` belongs to; null where none is open. */
  side: Sides | null;
  surgeryOn: LocalDay | null;
  /** The patient's local day. */
  onDay: LocalDay;
};

export type ForbiddenReason =
  | { why: 'stop'; severity: 'red' | 'urgent'; saidAt: number }
  | { why: 'restriction'; restrictionId: string; limit: RestrictionLimit; untilOn: LocalDay | null }
  | { why: 'after_surgery'; surgeryOn: LocalDay; weeks: number };

const STRENGTH_KINDS = ['grip', 'pinch_tip', 'pinch_key', 'pinch_palmar'] as const;
type StrengthKind = (typeof STRENGTH_KINDS)[number];

/** The fingers that press in each test, beside the thumb. */
const FINGERS_OF: Readonly<Record<StrengthKind, readonly Digit[]>> = {
  grip: ['index', 'middle', 'ring', 'little'],
  pinch_tip: ['index'],
  pinch_key: ['index'],
  pinch_palmar: ['index', 'middle'],
};

const isStrength = (kind: string): kind is StrengthKind => (STRENGTH_KINDS as readonly string[]).includes(kind);

/** Somebody else's force moves the joint, wholly or in part. */
function isPassive({ kind, activity }: PlannedTest): boolean {
  return (kind === 'joint' || kind === 'total_motion') && (activity === 'passive' || activity === 'assisted');
}

/**
 * Why a test is not offered now, or null where nothing forbids it. Asked of strength (grip, pinches) and of motion by
 * somebody else's force; all other tests load nothing and are never forbidden. The care team may override it with a
 * reason.
 *
 * - A stop: one of everything forbids it of both hands, one of a single exercise of the hand that is treated.
 * - A restriction of that hand: `strength_test` and every limit of load forbid strength, since what a hand will give is
 *   not known before; a limit of motion forbids what moves or strains the joint that way.
 * - The weeks after surgery in which strengthening asks for a reason (`isEarlyAfterSurgery` names the source). A default
 *   of this project, not a recommendation.
 */
export function forbiddenTest(test: PlannedTest, facts: TestFacts): ForbiddenReason[] | null {
  if (!isStrength(test.kind) && !isPassive(test)) return null;
  const reasons = [...stopsOf(test, facts), ...restrictionsOf(test, facts), ...phaseOf(test, facts)];
  return reasons.length > 0 ? reasons : null;
}

/** A test of which no hand is named is of both. */
const handOf = ({ side }: PlannedTest): Sides => side ?? 'both';

function stopsOf(test: PlannedTest, { stops, side }: TestFacts): ForbiddenReason[] {
  return stops
    .filter(({ lineageId }) => lineageId === null || isOfHand(side ?? 'both', handOf(test)))
    .map(({ severity, saidAt }) => ({ why: 'stop', severity, saidAt }));
}

function restrictionsOf(test: PlannedTest, { restrictions, onDay }: TestFacts): ForbiddenReason[] {
  return restrictions
    .filter((one) => isRestricting(one, onDay) && isOfHand(one.side, handOf(test)) && limits(one.limit, test))
    .map(({ id, limit, untilOn }) => ({ why: 'restriction', restrictionId: id, limit, untilOn }));
}

function phaseOf(test: PlannedTest, { side, surgeryOn, onDay }: TestFacts): ForbiddenReason[] {
  if (surgeryOn === null || !isOfHand(side ?? 'both', handOf(test)) || !isEarlyAfterSurgery(surgeryOn, onDay))
    return [];
  return [{ why: 'after_surgery', surgeryOn, weeks: EARLY_WEEKS }];
}

function limits(limit: RestrictionLimit, test: PlannedTest): boolean {
  if (limit.kind === 'motion') return isStrength(test.kind) ? strains(limit, test.kind) : moves(limit, test);
  return (limit.kind === 'strength_test' || limit.kind === 'load') && isStrength(test.kind);
}

/** Whether pressing with all one's strength works in a joint whose own motion is limited. */
function strains({ activity, joint, digits, motion }: MotionLimit, kind: StrengthKind): boolean {
  if (activity === 'passive' || joint === 'forearm') return false;
  // The wrist and the thumb hold against every grip and pinch, whichever way they may not go.
  if (!isFingerJoint(joint)) return true;
  return (
    coversMotion(motion, 'flexion') && (digits === null || digits.some((digit) => FINGERS_OF[kind].includes(digit)))
  );
}

/** Whether a joint is moved by somebody else's force the way that is limited; a total of motion is of all joints of its digit. */
function moves(limit: MotionLimit, { kind, digit, joint, motion }: PlannedTest): boolean {
  if (limit.activity === 'active') return false;
  const isOfDigit = limit.digits === null || digit === null || limit.digits.includes(digit);
  if (kind === 'total_motion') {
    const isThumb = limit.joint === 'thumb_mcp' || limit.joint === 'thumb_ip';
    return digit === 'thumb' ? isThumb : isFingerJoint(limit.joint) && isOfDigit;
  }
  return limit.joint === joint && isOfDigit && coversMotion(limit.motion, motion);
}
