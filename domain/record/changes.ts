import { specOf } from './catalogue';
import type { DetectableChange } from './catalogue/spec';
import { isStraightening } from './joints';
import type { SeriesFields } from './measure';

/** What is known of the hand and the examiners, as far as it chooses between detectable changes; null = not known. */
export type ChangeContext = {
  readonly isAffected: boolean | null;
  readonly isDominant: boolean | null;
  readonly isSameExaminer: boolean | null;
};

const fits = (isIt: boolean | null, wanted: string | undefined, yes: string): boolean =>
  wanted === undefined || (isIt === null ? false : isIt === (wanted === yes));

/** A figure may be said: read in its source, or this house's own default, which says that it is one. */
const isSayable = ({ verified, source }: DetectableChange): boolean => verified || source === 'house_default';

const isOfContext = (context: ChangeContext, change: DetectableChange): boolean =>
  fits(context.isAffected, change.hand, 'affected') &&
  fits(context.isDominant, change.dominance, 'dominant') &&
  fits(context.isSameExaminer, change.examiner, 'same');

/**
 * By how much a measure must differ before it is more than measuring: the first detectable change of the catalogue that fits
 * the hand and the examiners; of pain, where there is none, what matters to people. What is not known of the hand takes the
 * larger figure. Null where no source that was read has one.
 */
export function detectableChangeFor(of: Pick<SeriesFields, 'kind'>, context: ChangeContext): DetectableChange | null {
  const { changes } = specOf(of.kind);
  const sayable = changes.filter(isSayable);
  const detectable = sayable.filter(({ what }) => what === 'detectable');
  const wanted = detectable.length > 0 ? detectable : sayable;
  const fitting = wanted.filter((change) => isOfContext(context, change));
  if (fitting.length > 0) return fitting[0] ?? null;
  const [first] = wanted;
  if (!first) return null;
  // Of one population only: a larger figure of other people would be no more true.
  const sizeOf = ({ amount }: DetectableChange) => ('value' in amount ? amount.value : amount.percent);
  return wanted
    .filter(({ population }) => population === first.population)
    .reduce((largest, one) => (sizeOf(one) > sizeOf(largest) ? one : largest), first);
}

export type Change = {
  /** Last less first, in the stored unit, as stored. */
  readonly difference: number;
  readonly way: 'better' | 'worse' | 'same' | 'more' | 'less';
  readonly than: 'more_than_error' | 'within_error' | 'unknown';
  readonly against: DetectableChange | null;
  /** The detectable change in the unit of the measure; null where there is none. */
  readonly error: number | null;
};

/** Three decimals are stored: what differs by less is the same. */
const SAME_BELOW = 0.0005;

/**
 * The difference of two values of one series, and whether it is more than measuring. Equal to the detectable change is
 * within it, but for those that say otherwise (two points of pain). Never says that somebody is better or worse where the
 * measure alone does not say it.
 */
export function changeOf(
  of: Pick<SeriesFields, 'kind' | 'joint' | 'motion'>,
  values: { readonly first: number; readonly last: number },
  against: DetectableChange | null,
): Change {
  const { first, last } = values;
  const difference = Math.round((last - first) * 1000) / 1000;
  const error =
    against === null
      ? null
      : 'value' in against.amount
        ? against.amount.value
        : Math.round(Math.abs(first) * against.amount.percent * 10) / 1000;
  const size = Math.abs(difference);
  const isMore = error !== null && (size > error || (against?.inclusive === true && size === error));
  const than = error === null ? 'unknown' : isMore ? 'more_than_error' : 'within_error';
  return { difference, way: wayOf(of, { first, last }), than, against, error };
}

/**
 * Which way is better. A finger that is to straighten is better the nearer it comes to straight from either side; bending,
 * and a wrist or forearm from neutral, is better the further it goes; sideways of a finger or thumb neither way.
 */
function wayOf(
  { kind, joint, motion }: Pick<SeriesFields, 'kind' | 'joint' | 'motion'>,
  { first, last }: { first: number; last: number },
): Change['way'] {
  if (Math.abs(last - first) < SAME_BELOW) return 'same';
  if (isStraightening(joint, motion)) return Math.abs(last) < Math.abs(first) ? 'better' : 'worse';
  const better = specOf(kind).better ?? (kind === 'joint' && motion !== 'deviation' ? 'more' : null);
  if (better === null) return last > first ? 'more' : 'less';
  return last > first === (better === 'more') ? 'better' : 'worse';
}
