import { SAID_BY_SLUG } from '#domain/annotation/measurement-prefill';
import type { Digit } from '#domain/input/fields';
import type { ExerciseCategory } from '#domain/program/exercise';
import type { Load } from '#domain/program/load';
import { isStrengthening } from '#domain/program/publishing';
import { type Prescribed, raisedLineages } from '#domain/program/raise';
import type { LocalDay } from '#domain/time/local-day';
import {
  coversMotion,
  isFingerJoint,
  isOfHand,
  isRestricting,
  type MotionLimit,
  type Restriction,
} from './restriction';

/** What the library says of an exercise, as far as a restriction may concern it. */
export type ExerciseFacts = {
  slug: string | null;
  category: ExerciseCategory;
  muscleGroup: readonly string[];
  equipment: readonly string[];
};

export type RestrictedWork = Prescribed & { digits: readonly string[]; exercise: ExerciseFacts };

/** `over`: it does what is restricted. `unknown`: nobody said how much it asks, and unknown is not "no". */
export type Break = { restrictionId: string; lineageId: string; how: 'over' | 'unknown' };

/** A break whose reason was signed, and in which version of the program. */
export type SignedBreak = { restrictionId: string; lineageId: string; signedIn: number };

/**
 * Which prescriptions break which restriction, in the order of the prescriptions: those of the restricted hand that run on
 * a day, from `day` on, on which the restriction holds. A default of this project, not a recommendation.
 */
export function breaksOf(
  restrictions: readonly Restriction[],
  prescriptions: readonly RestrictedWork[],
  day: LocalDay,
): Break[] {
  return prescriptions.flatMap((one) => {
    const firstOn = one.fromOn !== null && one.fromOn > day ? one.fromOn : day;
    if (one.untilOn !== null && one.untilOn < firstOn) return [];
    return restrictions.flatMap((restriction): Break[] => {
      if (!isRestricting(restriction, firstOn) || !isOfHand(restriction.side, one.side)) return [];
      const how = broken(restriction, one);
      return how === null ? [] : [{ restrictionId: restriction.id, lineageId: one.lineageId, how }];
    });
  });
}

function broken({ limit }: Restriction, work: RestrictedWork): Break['how'] | null {
  switch (limit.kind) {
    case 'load':
      return loadBreaks(limit.maxKgf, work.exercise.category, work.dose.load);
    case 'motion':
      return motionBreaks(limit, work);
    case 'heat':
    case 'water':
      // The one thing of the library that is either.
      return work.exercise.equipment.includes('warm_water') ? 'over' : null;
    default:
      return null;
  }
}

/** Daily tasks load the hand with whatever is lifted or turned: nobody says with how much. */
function loadBreaks(maxKgf: number | null, category: ExerciseCategory, load: Load): Break['how'] | null {
  if (!isStrengthening(category, load)) return category === 'daily_task' ? 'unknown' : null;
  if (maxKgf === null) return 'over';
  if (load.kgf === null) return 'unknown';
  return load.kgf > maxKgf ? 'over' : null;
}

const FINGER_MUSCLES = ['flexors', 'extensors', 'small_muscles'];
const THUMB_MUSCLES = ['thumb', 'small_muscles'];

function musclesOf({ joint }: MotionLimit): readonly string[] {
  if (isFingerJoint(joint)) return FINGER_MUSCLES;
  return joint === 'wrist' || joint === 'forearm' ? [joint] : THUMB_MUSCLES;
}

/** How far an exercise goes is never known: where degrees are limited it may or may not be too far. */
function motionBreaks(limit: MotionLimit, { exercise, digits, dose }: RestrictedWork): Break['how'] | null {
  const muscles = musclesOf(limit);
  if (!exercise.muscleGroup.some((one) => muscles.includes(one))) return null;
  if (isFingerJoint(limit.joint) && !mayUse(limit.digits, digits)) return null;
  const said = exercise.slug !== null && Object.hasOwn(SAID_BY_SLUG, exercise.slug) ? SAID_BY_SLUG[exercise.slug] : {};
  const isOfJoint = said?.joint === limit.joint;
  // An exercise that names a motion of this joint makes that one, and comes back the other way.
  const isHinge = said?.motion === 'flexion' || said?.motion === 'extension';
  if (isOfJoint && said?.motion && !isHinge && !coversMotion(limit.motion, said.motion)) return null;
  const isByOther = exercise.equipment.includes('other_hand') && !isStrengthening(exercise.category, dose.load);
  if (limit.activity === 'passive' && said?.activity !== 'passive' && (said?.activity === 'active' || !isByOther))
    return null;
  if (limit.activity === 'active' && said?.activity === 'passive') return null;
  const isSure = isOfJoint && limit.maxDegrees === null && coversMotion(limit.motion, said?.motion ?? null);
  return isSure ? 'over' : 'unknown';
}

/** Nobody named a finger, or one that is restricted is among them. */
function mayUse(restricted: readonly Digit[] | null, prescribed: readonly string[]): boolean {
  if (restricted === null || prescribed.length === 0) return true;
  return prescribed.some((digit) => (restricted as readonly string[]).includes(digit));
}

const isSame = (a: Pick<Break, 'restrictionId' | 'lineageId'>) => (b: Pick<Break, 'restrictionId' | 'lineageId'>) =>
  a.restrictionId === b.restrictionId && a.lineageId === b.lineageId;

/** The breaks that nobody signed. */
export function unsignedOf<B extends Break>(breaks: readonly B[], signed: readonly SignedBreak[]): B[] {
  return breaks.filter((one) => !signed.some(isSame(one)));
}

/**
 * The signed breaks of the version before that still speak for the next one: those of exercises of which no more is asked
 * (`raisedLineages`). More, or another restriction, asks anew.
 */
export function stillSigned(
  signed: readonly SignedBreak[],
  before: readonly Prescribed[],
  after: readonly Prescribed[],
): SignedBreak[] {
  const raised = new Set(raisedLineages(before, after));
  return signed.filter(({ lineageId }) => !raised.has(lineageId));
}
