import { finderOf } from '#domain/input/folded';
import { compareNames, compareText, firstOf } from '#domain/input/order';

type Named = { id: string; name: string };

/** In the order of names; of two of the same name, always the same one first. */
export const byName = (a: Named, b: Named): number => compareNames(a.name, b.name) || compareText(a.id, b.id);

/**
 * A page of those whose name the search finds, by name, after the last row of the page before. Names are read whole:
 * neither engine folds and orders them as people do, and the two differ.
 */
export function pageByName<P extends Named>(
  people: readonly P[],
  { search, after, limit }: { search: string; after: Named | null; limit: number },
): { page: P[]; nextCursor: Named | null } {
  const isFound = finderOf(search);
  const found = people.filter((person) => isFound(person.name) && (after === null || byName(person, after) > 0));
  const page = firstOf(found, limit, byName);
  const last = page.at(-1);
  return { page, nextCursor: found.length > limit && last ? { name: last.name, id: last.id } : null };
}
