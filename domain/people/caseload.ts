import * as z from 'zod/mini';
import { epochMsSchema, idSchema, wholeNumber } from '#domain/input/fields';
import { type Attention, compareByNeed } from './attention';

// What only the server parses: pages would load it with the rest.
/** A page of a caseload, of those whose name holds what was typed. */
export const caseloadQuerySchema = z.object({
  search: z.string().check(z.trim(), z.maxLength(120)),
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
  const sorted = people.toSorted(compareByNeed);
  const last = cursor === null ? -1 : sorted.findIndex(({ patientId }) => patientId === cursor.patientId);
  const from = cursor !== null && last === -1 ? Math.min(cursor.shown - 1, sorted.length) : last + 1;
  const page = sorted.slice(from, from + limit);
  const shown = from + page.length;
  const end = page.at(-1);
  return { page, nextCursor: end && shown < sorted.length ? { atMs, patientId: end.patientId, shown } : null };
}
