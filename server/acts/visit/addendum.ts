import 'server-only';
import type { Body, Db } from '#db/body';
import { isVisitSigned } from '#db/queries/visit/addenda';
import { isAddendum } from '#domain/visit/addendum';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { FoundVisit } from './access';

/**
 * Now, where what was done at `at` (by the device; null = not said) comes after the visit's record was closed and is kept
 * beside it; null where it belongs to the record.
 */
export function* addendumAt(
  d: Db,
  work: UnitOfWork,
  { visit, standing }: FoundVisit,
  at: number | null,
): Body<number | null> {
  const { id: visitId, openedAt, endedAt } = visit;
  if (endedAt === null) return null;
  const isSigned = yield* isVisitSigned(d, { ...standing.scope, visitId });
  return isAddendum({ openedAt, endedAt, isSigned }, at, work.nowMs) ? work.nowMs : null;
}
