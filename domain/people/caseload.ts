import * as z from 'zod/mini';
import { epochMsSchema, idSchema, proseSchema, wholeNumber } from '#domain/input/fields';
import { firstOf } from '#domain/input/order';
import { type Attention, compareByNeed } from './attention';

// What only the server parses: pages would load it with the rest.
/** A page of a caseload, of those whose name holds what was typed. */
export const caseloadQuerySchema = z.object({
  search: proseSchema(120),
  cursor: z.optional(
    z.nullable(
      z.object({
        /** The instant by which the first page was put in order: time alone must not move anybody between pages. */
        atMs: epochMsSchema,
        /** Who stood last on the page before, and how many stood up to there. */
        patientId: idSchema,
        shown: wholeNumber(1, 1_000_000),
      }),
    ),
  ),
});

export type CaseloadQuery = z.infer<typeof caseloadQuerySchema>;
export type CaseloadCursor = NonNullable<CaseloadQuery['cursor']>;

/**
 * The next page of people by need. Where who stood last is gone from the list, one may come twice: nobody is left out.
 */
export function pageByNeed<P extends Attention>(
  people: readonly P[],
  { atMs, cursor, limit }: { atMs: number; cursor: CaseloadCursor | null; limit: number },
): { page: P[]; nextCursor: CaseloadCursor | null } {
  const last = cursor === null ? undefined : people.find(({ patientId }) => patientId === cursor.patientId);
  const isGone = cursor !== null && last === undefined;
  // Whoever stood last on the page before bounds the next one; where they are gone, only their number does.
  const from = isGone ? Math.min(cursor.shown - 1, people.length) : 0;
  const after = last ? people.filter((person) => compareByNeed(person, last) > 0) : people;
  const page = firstOf(after, from + limit, compareByNeed).slice(from);
  const shown = isGone ? from + page.length : people.length - after.length + page.length;
  const end = page.at(-1);
  return { page, nextCursor: end && shown < people.length ? { atMs, patientId: end.patientId, shown } : null };
}
