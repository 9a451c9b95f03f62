import type { MotionLimit, RestrictionLimit } from './restriction';

/** What a restriction says, as a message key with its values; names of joints and fingers are chosen by the message. */
export type RestrictionMessage = { key: `limit.${string}`; values: Record<string, number | string> };

/**
 * "No load above 1.5 kgf", without its day: the reader's language sets that beside it. An extension of fingers and thumb is said
 * from straight (`limit.motionShort`, `limit.motionPast`, `limit.motionStraight`), never by a bare sign.
 */
export function limitWords(limit: RestrictionLimit): RestrictionMessage {
  switch (limit.kind) {
    case 'load':
      return limit.maxKgf === null
        ? { key: 'limit.noLoad', values: {} }
        : { key: 'limit.loadAbove', values: { kgf: limit.maxKgf } };
    case 'motion':
      return motionWords(limit);
    case 'splint':
      return { key: 'limit.splint', values: { when: limit.when } };
    case 'other':
      return { key: 'limit.other', values: { text: limit.text } };
    default:
      return { key: `limit.${limit.kind}`, values: {} };
  }
}

/** Only the wrist is extended from neutral; other joints have one scale from straight towards flexion. */
export function isFromStraight({ joint, motion }: Pick<MotionLimit, 'joint' | 'motion'>): boolean {
  return motion === 'extension' && joint !== 'wrist';
}

function motionWords(limit: MotionLimit): RestrictionMessage {
  const { joint, motion, activity, maxDegrees } = limit;
  const values = { joint, motion: motion ?? 'any', activity };
  if (maxDegrees === null) return { key: 'limit.motion', values };
  if (!isFromStraight(limit)) return { key: 'limit.motionTo', values: { ...values, degrees: maxDegrees } };
  if (maxDegrees === 0) return { key: 'limit.motionStraight', values };
  return maxDegrees > 0
    ? { key: 'limit.motionShort', values: { ...values, degrees: maxDegrees } }
    : { key: 'limit.motionPast', values: { ...values, degrees: -maxDegrees } };
}
