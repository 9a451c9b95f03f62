import { type Digit, digitSchema, type Side, type Sides } from '#domain/input/fields';
import { goniometer } from './goniometry';
import { type AngleMark, type AngleMeasurement, digitsOf, type Joint, type Motion } from './mark';
import { isWithinReach } from './reach';

type Prefill = Partial<AngleMeasurement>;

/** A prescribed exercise, as far as it may say what an angle on its picture measures. */
export type LinkedExercise = {
  readonly lineageId: string;
  readonly slug: string | null;
  readonly category: string | null;
  readonly side: Sides;
  readonly digits: readonly string[];
};

/** What was measured of a patient before, and on which exercise. */
export type EarlierMeasurement = { readonly lineageId: string | null; readonly measurement: AngleMeasurement };

/** Only where the exercise's own words name the joint, its motion or who moves it. */
export const SAID_BY_SLUG: Readonly<Record<string, Prefill>> = {
  'middle-joint-block': { joint: 'pip', motion: 'flexion', activity: 'active' },
  'fingers-spread-and-close': { joint: 'mcp', motion: 'abduction', activity: 'active' },
  'single-finger-lift': { joint: 'mcp', motion: 'extension', activity: 'active' },
  'gentle-finger-stretch': { activity: 'passive' },
  'wrist-bend-and-straighten': { joint: 'wrist', activity: 'active' },
  'wrist-lift-with-weight': { joint: 'wrist', motion: 'extension', activity: 'active' },
};

function saidBy({ slug, category }: LinkedExercise): Prefill {
  if (slug !== null && Object.hasOwn(SAID_BY_SLUG, slug)) return SAID_BY_SLUG[slug] ?? {};
  if (category === 'wrist') return { joint: 'wrist' };
  // Tendon glides are active by definition: the tendon is pulled by its own muscle.
  return category === 'tendon_glide' ? { activity: 'active' } : {};
}

/** The first digit of the prescription that has such a joint. */
function prescribedDigit(digits: readonly string[], joint: Joint | undefined): Prefill {
  const named = digits.flatMap((digit) => {
    const parsed = digitSchema.safeParse(digit);
    return parsed.success ? [parsed.data] : [];
  });
  const digit = named.find((one) => joint === undefined || digitsOf(joint).includes(one));
  return digit === undefined ? {} : { digit };
}

type Given = {
  exercise: LinkedExercise | null;
  /** Of which hand the picture is said to be; null = of either. */
  shownSide: Side | null;
  /** Newest first. */
  earlier: readonly EarlierMeasurement[];
  /** What was drawn. */
  angle: Pick<AngleMark, 'points' | 'aspect'>;
};

/**
 * What a drawn angle measures, before anybody chose: as it was measured last on this exercise; else what the exercise says,
 * what was measured last of this joint, and for the rest what is measured most, in a view in which the joint can stand as it
 * was drawn. Everything of it is shown in words beside Save. Only the hand is never guessed: it is left out where neither
 * exercise, picture nor an earlier measurement names it.
 */
export function prefillMeasurement({ exercise, shownSide, earlier, angle }: Given): Prefill {
  const side = (exercise?.side === 'both' ? null : exercise?.side) ?? shownSide;
  const ofHand = earlier.filter(({ measurement }) => side === null || measurement.side === side);
  const known: Prefill = side === null ? {} : { side };
  const onExercise = exercise ? ofHand.find(({ lineageId }) => lineageId === exercise.lineageId) : undefined;
  if (onExercise) return { ...asSaid(onExercise.measurement), ...known };
  const said = exercise ? saidBy(exercise) : {};
  const digit = exercise ? prescribedDigit(exercise.digits, said.joint) : {};
  const like = ofHand.find(({ measurement }) => agrees(measurement, { ...said, ...digit }));
  return usual({ ...(like ? asSaid(like.measurement) : {}), ...said, ...digit, ...known }, angle);
}

/** An earlier measurement without what was said of its own value. */
function asSaid({ unusual: _, ...measurement }: AngleMeasurement): Prefill {
  return measurement;
}

function agrees(measurement: AngleMeasurement, said: Prefill): boolean {
  if (said.joint !== undefined && measurement.joint !== said.joint) return false;
  if (said.motion !== undefined && measurement.motion !== said.motion) return false;
  return said.digit === undefined || said.joint === 'wrist' || measurement.digit === said.digit;
}

const HINGE_VIEWS = { thumb: 'radial', index: 'radial', middle: 'radial', ring: 'ulnar', little: 'ulnar' } as const;

/** What is open is filled with what is measured most, as far as the drawn angle allows it. */
function usual(said: Prefill, angle: Given['angle']): Prefill {
  const joint = said.joint ?? (said.digit === 'thumb' ? 'thumb_ip' : 'pip');
  const settled = settleDigit({ ...said, joint });
  const digit = settled.digit === undefined ? firstDigit(joint) : settled.digit;
  const activity = said.activity ?? 'active';
  const { side } = said;
  const motions: readonly Motion[] = said.motion ? [said.motion] : ['flexion', 'extension'];
  const candidates = motions.flatMap((motion) =>
    (said.view ? [said.view] : viewsOf(motion, digit)).map((view) => ({ joint, digit, motion, activity, view })),
  );
  const fits = (candidate: (typeof candidates)[number]) => {
    if (!side) return false;
    const measurement = { ...candidate, side };
    const reading = goniometer({ ...angle, measurement });
    return reading?.reliable === true && isWithinReach(measurement, reading.valueDegrees);
  };
  const chosen = candidates.find(fits) ?? candidates[0];
  return { ...settled, ...chosen };
}

function firstDigit(joint: Joint): Digit | null {
  return digitsOf(joint)[0] ?? null;
}

/** The views that show the motion, the likelier first. */
function viewsOf(motion: Motion, digit: Digit | null): readonly AngleMeasurement['view'][] {
  if (motion === 'deviation' || motion === 'abduction') return ['dorsal', 'palmar'];
  return digit !== null && HINGE_VIEWS[digit] === 'ulnar' ? ['ulnar', 'radial'] : ['radial', 'ulnar'];
}

/** The digit that goes with the joint: the only one there is, or the given one where it has that joint. */
export function settleDigit({ digit, ...rest }: Prefill): Prefill {
  if (!rest.joint) return digit === undefined ? rest : { ...rest, digit };
  const valid = digitsOf(rest.joint);
  const [first] = valid;
  if (valid.length === 1 && first !== undefined) return { ...rest, digit: first };
  return digit !== undefined && valid.includes(digit) ? { ...rest, digit } : rest;
}
