/** An answer of a scale; null = not answered, which is never 0. */
type Answers = readonly (number | null)[];

function answered(answers: Answers): number[] {
  return answers.filter((answer) => answer !== null);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Each in its bounds, both ends included; whole where the scale has no halves. */
function areWithin(values: readonly number[], min: number, max: number, whole: boolean): boolean {
  return values.every((value) => value >= min && value <= max && (!whole || Number.isInteger(value)));
}

const PSFS_ACTIVITIES_MAX = 5;

/**
 * Patient-Specific Functional Scale (Stratford 1995): the mean of the person's own activities, each 0 (unable) to 10 (as
 * before), one decimal. Three to five are asked for; fewer that are rated have a mean too, and `activities` says of how many.
 * Null where none is rated, or one is out of bounds.
 */
export function psfsScore(ratings: Answers): { readonly mean: number; readonly activities: number } | null {
  const rated = answered(ratings);
  if (rated.length === 0 || rated.length > PSFS_ACTIVITIES_MAX || !areWithin(rated, 0, 10, false)) return null;
  return { mean: tenth(sum(rated) / rated.length), activities: rated.length };
}

/** Detectable change (95 %) of a PSFS mean in arthritis of the hand: 1.56 points (ir.lib.uwo.ca/boneandjointpub/964). */
const PSFS_DETECTABLE_POINTS = 1.56;

type PsfsChange = {
  readonly points: number;
  readonly activities: number;
  /** More than measuring error, found in arthritis of the hand. */
  readonly isMoreThanError: boolean;
};

/**
 * The change of a PSFS over the activities that were rated both times, one decimal: a mean that lost its hardest activity is
 * no progress. Null where no activity was rated twice. Ratings stand in the order of the activities.
 */
export function psfsChange(first: Answers, last: Answers): PsfsChange | null {
  const both = first.flatMap((before, index) => {
    const after = last[index] ?? null;
    return before === null || after === null ? [] : [{ before, after }];
  });
  if (
    both.length === 0 ||
    !areWithin(
      both.flatMap(({ before, after }) => [before, after]),
      0,
      10,
      false,
    )
  )
    return null;
  const points = tenth(sum(both.map(({ before, after }) => after - before)) / both.length);
  return { points, activities: both.length, isMoreThanError: Math.abs(points) > PSFS_DETECTABLE_POINTS };
}

const QUICKDASH_ITEMS = 11;
const QUICKDASH_ANSWERED_MIN = 10;

/**
 * QuickDASH, 0 (no difficulty) to 100: ((sum / answered) − 1) × 25, valid with at least 10 of the 11 items answered, each 1
 * to 5 (BMC Musculoskeletal Disorders 7:44). Null where it is not valid. The items are the Institute for Work & Health's and
 * are not in this product: scores are entered.
 */
export function quickDashScore(answers: Answers): number | null {
  const given = answered(answers);
  if (answers.length !== QUICKDASH_ITEMS || given.length < QUICKDASH_ANSWERED_MIN) return null;
  return areWithin(given, 1, 5, true) ? tenth((sum(given) / given.length - 1) * 25) : null;
}

/** What matters to people, points of QuickDASH: 14, found from 9 to 20 (issh.org/outcome-measures-general). */
const QUICKDASH_IMPORTANT_POINTS = 14;

/** The change of two valid QuickDASH scores, points; less is better. `isImportant` = it matters to people. */
export function quickDashChange(
  first: number,
  last: number,
): { readonly points: number; readonly isImportant: boolean } {
  const points = tenth(last - first);
  return { points, isImportant: Math.abs(points) >= QUICKDASH_IMPORTANT_POINTS };
}

/** A work or sport module of QuickDASH, 0 to 100: the same formula, valid only with all four items. */
export function quickDashModuleScore(answers: Answers): number | null {
  const given = answered(answers);
  if (answers.length !== 4 || given.length !== 4 || !areWithin(given, 1, 5, true)) return null;
  return tenth((sum(given) / 4 - 1) * 25);
}

export type PrweScore = {
  /** Each 0 to 50, 50 the worst. */
  readonly pain: number;
  readonly function: number;
  /** Their sum, 0 to 100. */
  readonly total: number;
  /** Items that took the mean of their part. */
  readonly missing: number;
};

const PRWE_PAIN_ITEMS = 5;
const PRWE_FUNCTION_ITEMS = 10;

/** The sum of a part whose missing items take its mean; null where half or more of it is missing (this house's default). */
function withMeans(answers: Answers, items: number): number | null {
  const given = answered(answers);
  if (answers.length !== items || given.length * 2 <= items || !areWithin(given, 0, 10, false)) return null;
  return (sum(given) / given.length) * items;
}

/**
 * Patient-Rated Wrist (and Hand) Evaluation, MacDermid 1998: five items of pain (0–50), ten of function halved (0–50), each
 * 0 to 10; the total 0 to 100, 100 the worst. A missing item takes the mean of its part: recalled from the user manual and
 * not read again, so `missing` is to be shown. The items are the author's and are not in this product: scores are entered.
 */
export function prweScore(answers: { readonly pain: Answers; readonly function: Answers }): PrweScore | null {
  const [pain, all] = [withMeans(answers.pain, PRWE_PAIN_ITEMS), withMeans(answers.function, PRWE_FUNCTION_ITEMS)];
  if (pain === null || all === null) return null;
  const missing = [...answers.pain, ...answers.function].filter((answer) => answer === null).length;
  const half = all / 2;
  return { pain: tenth(pain), function: tenth(half), total: tenth(pain + half), missing };
}
