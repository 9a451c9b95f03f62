import { digitSchema, type Side, type Sides } from '#domain/input/fields';
import { type AngleMeasurement, digitsOf } from './mark';

type Prefill = Partial<AngleMeasurement>;

/** A prescribed exercise, as far as it may say what an angle on its picture measures. */
export type LinkedExercise = {
  readonly slug: string | null;
  readonly category: string | null;
  readonly side: Sides;
  readonly digits: readonly string[];
};

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
  // Tendon glides are active by definition: the tendon is pulled by its own muscle.
  return category === 'tendon_glide' ? { activity: 'active' } : {};
}

/** The one digit of the prescription; several, or none, say nothing. */
function onlyDigit(digits: readonly string[]): Prefill {
  const [only, ...others] = digits;
  const digit = digitSchema.safeParse(only);
  return digit.success && others.length === 0 ? { digit: digit.data } : {};
}

/**
 * What the linked exercise says about a measurement, and of which hand the picture is said to be where it leaves that
 * open. The view is the camera's, and what is not said is not guessed.
 */
export function prefillMeasurement(exercise: LinkedExercise | null, shown: Side | null): Prefill {
  const prescribed = exercise?.side === 'both' ? null : exercise?.side;
  const side = prescribed ?? shown;
  const ofSide: Prefill = side ? { side } : {};
  return exercise ? settleDigit({ ...saidBy(exercise), ...ofSide, ...onlyDigit(exercise.digits) }) : ofSide;
}

/** The digit that goes with the joint: the only one there is, or the given one where it has that joint. */
export function settleDigit({ digit, ...rest }: Prefill): Prefill {
  if (!rest.joint) return digit === undefined ? rest : { ...rest, digit };
  const valid = digitsOf(rest.joint);
  const [first] = valid;
  if (valid.length === 1 && first !== undefined) return { ...rest, digit: first };
  return digit !== undefined && valid.includes(digit) ? { ...rest, digit } : rest;
}
