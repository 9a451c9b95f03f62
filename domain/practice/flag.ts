import * as z from 'zod/mini';
import { idSchema, lineSchema } from '#domain/input/fields';
import { RED_FLAG_QUESTIONS, type RedFlag } from './pain-policy';

const WORDS_MAX = 500;

const ofFlag = { patientId: idSchema, flagId: idSchema };

/** What was done about a flag that stays open, such as "rang, no answer". */
export const noteFlagSchema = z.object({ ...ofFlag, text: lineSchema(WORDS_MAX) });

/**
 * Closes a flag with what was done. What its answer stopped goes on only where that is said; earlier clients do not say
 * it, and then it stays stopped.
 */
export const resolveFlagSchema = z.object({
  ...ofFlag,
  resolution: lineSchema(WORDS_MAX),
  practice: z.optional(z.enum(['goes_on', 'stays_stopped'])),
});
export type PracticeAfter = NonNullable<z.infer<typeof resolveFlagSchema>['practice']>;

/** Lets practice go on that stayed stopped when its flag was closed, and why. */
export const liftStopSchema = z.object({ patientId: idSchema, stopId: idSchema, reason: lineSchema(WORDS_MAX) });

/** What a flag keeps of the answer that raised it. Flags of earlier releases have no answer, only kind and rule. */
type Flagged = {
  kind: string;
  rule: string;
  pain: number | null;
  redFlags: readonly RedFlag[] | null;
};

const isRedFlag = (kind: string): kind is RedFlag => RED_FLAG_QUESTIONS.some(({ code }) => code === kind);

/**
 * What was said, as somebody at the clinic reads it first: the questions answered yes, in the order asked; a pain that
 * had not settled next morning; a pain; the button alone. `other` is a flag of an earlier release: its rule says why.
 */
export type FlagSaid =
  | { said: 'red_flags'; redFlags: [RedFlag, ...RedFlag[]]; pain: number | null }
  | { said: 'not_settled' | 'pain'; pain: number }
  | { said: 'it_hurts' }
  | { said: 'other' };

export function flagSaid({ kind, rule, pain, redFlags }: Flagged): FlagSaid {
  const yes = RED_FLAG_QUESTIONS.map(({ code }) => code).filter((code) => redFlags?.includes(code));
  const [first = isRedFlag(kind) ? kind : null, ...more] = yes;
  if (first !== null) return { said: 'red_flags', redFlags: [first, ...more], pain };
  if (pain !== null) return { said: kind === 'not_settled' ? 'not_settled' : 'pain', pain };
  return { said: kind === 'it_hurts' || rule === 'it_hurts' ? 'it_hurts' : 'other' };
}
