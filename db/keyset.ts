import 'server-only';
import { and, eq, gt, gte, lt, lte, or, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * What stands after a place in an order that two columns make together. The first condition is a range of the index:
 * with the second alone an engine would walk over all that came before, each time further.
 */
export function olderThan<T>(at: AnyPgColumn, id: AnyPgColumn, place: { at: T; id: string } | null): SQL | undefined {
  if (place === null) return undefined;
  return and(lte(at, place.at), or(lt(at, place.at), and(eq(at, place.at), lt(id, place.id))));
}

/** The same in an ascending order. */
export function laterThan<T>(at: AnyPgColumn, id: AnyPgColumn, place: { at: T; id: string } | null): SQL | undefined {
  if (place === null) return undefined;
  return and(gte(at, place.at), or(gt(at, place.at), and(eq(at, place.at), gt(id, place.id))));
}
