import type { Joint } from '#domain/annotation/mark';
import { decimalOf } from '#domain/input/decimal';
import { withAsciiDigits } from '#domain/input/digits';
import type { Digit } from '#domain/input/fields';
import { isFromStraight } from './limit-words';
import {
  isFingerJoint,
  type MotionLimit,
  type RestrictedMotion,
  type RestrictionKind,
  type RestrictionLimit,
  restrictionLimitSchema,
} from './restriction';

/** A restriction as it is being written: numbers as they were typed. What another kind asks stays, and counts not. */
export type TypedRestriction = {
  kind: RestrictionKind;
  /** None of it at all, or up to a load or an angle. */
  isUpTo: boolean;
  kgf: string;
  joint: Joint;
  digits: readonly Digit[];
  motion: RestrictedMotion | null;
  activity: MotionLimit['activity'];
  degrees: string;
  when: string;
  text: string;
};

export const EMPTY_RESTRICTION: TypedRestriction = {
  ...{ kind: 'load', isUpTo: false, kgf: '', joint: 'pip', digits: [], motion: null, activity: 'both' },
  ...{ degrees: '', when: '', text: '' },
};

/** The field that is missing or cannot be read. */
export type LimitGap = 'maxKgf' | 'maxDegrees' | 'when' | 'text';

/**
 * Whole degrees as they were typed, signed as the house stores them; NaN for what is none. "Straight" is typed both ways:
 * 12 and −12 are 12° short of straight, which is what a lag is, +5 is 5° past it.
 */
export function typedDegrees(typed: string, of: Pick<MotionLimit, 'joint' | 'motion'>): number {
  const text = withAsciiDigits(typed).replace(/[\s\p{Cf}°]/gu, '');
  const [, sign = '', digits] = /^([-+−–]?)(\d{1,3})$/u.exec(text) ?? [];
  if (digits === undefined) return Number.NaN;
  const value = Number(digits);
  if (isFromStraight(of)) return sign === '+' ? 0 - value : value;
  return sign === '' || sign === '+' ? value : 0 - value;
}

/** The limit that was typed, or the field that lacks something. */
export function limitOf(typed: TypedRestriction): { limit: RestrictionLimit } | { gap: LimitGap } {
  const { kind, isUpTo } = typed;
  const read = (limit: unknown, gap: LimitGap) => {
    const parsed = restrictionLimitSchema.safeParse(limit);
    return parsed.success ? { limit: parsed.data } : { gap };
  };
  switch (kind) {
    case 'load': {
      const kgf = isUpTo ? (decimalOf(typed.kgf) ?? Number.NaN) : null;
      return read({ v: 1, kind, maxKgf: kgf }, 'maxKgf');
    }
    case 'motion': {
      const { joint, motion, activity } = typed;
      const digits = isFingerJoint(joint) ? typed.digits.filter((digit) => digit !== 'thumb') : [];
      const maxDegrees = isUpTo && motion !== null ? typedDegrees(typed.degrees, { joint, motion }) : null;
      const limit = { v: 1, kind, joint, digits: digits.length > 0 ? digits : null, motion, activity, maxDegrees };
      return read(limit, 'maxDegrees');
    }
    case 'splint':
      return read({ v: 1, kind, when: typed.when }, 'when');
    case 'other':
      return read({ v: 1, kind, text: typed.text }, 'text');
    default:
      return { limit: { v: 1, kind } };
  }
}

/** What stands is written anew from here. */
export function typedOf(limit: RestrictionLimit): TypedRestriction {
  const empty = { ...EMPTY_RESTRICTION, kind: limit.kind };
  switch (limit.kind) {
    case 'load':
      return { ...empty, isUpTo: limit.maxKgf !== null, kgf: limit.maxKgf === null ? '' : String(limit.maxKgf) };
    case 'motion': {
      const { joint, motion, activity, maxDegrees } = limit;
      const isPast = maxDegrees !== null && maxDegrees < 0 && isFromStraight(limit);
      const degrees = maxDegrees === null ? '' : isPast ? `+${-maxDegrees}` : String(maxDegrees);
      const digits = limit.digits ?? [];
      return { ...empty, joint, motion, activity, digits, isUpTo: maxDegrees !== null, degrees };
    }
    case 'splint':
      return { ...empty, when: limit.when };
    case 'other':
      return { ...empty, text: limit.text };
    default:
      return empty;
  }
}
