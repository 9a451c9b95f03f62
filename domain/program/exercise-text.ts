import * as z from 'zod/mini';

/** One line of words for people: 2 to `max` characters, no space at its ends. */
export function line(max: number) {
  return z.string().check(z.minLength(2), z.maxLength(max), z.regex(/^\S[^\0\n\r]*\S$/));
}
function lines(min: number, max: number) {
  return z.array(line(160)).check(z.minLength(min), z.maxLength(max));
}

/** One language's words for the patient: second person, one idea in a sentence. A phone keeps them; see `day-pack.ts`. */
export const exerciseTextSchema = z.strictObject({
  name: line(60),
  purpose: line(160),
  steps: lines(2, 8),
  cues: lines(1, 5),
  precautions: lines(0, 5),
});
