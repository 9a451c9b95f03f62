import { dequal } from 'dequal/lite';
import type { PrescriptionInput } from './draft';

/**
 * What somebody changed since version `base`, put on the newer version `theirs`: what they did not touch follows the
 * newer version, value by value; what both touched stays theirs (`mine`), and exercises added on either side stay. The
 * order is mine.
 */
export function rebased(
  base: readonly PrescriptionInput[],
  mine: readonly PrescriptionInput[],
  theirs: readonly PrescriptionInput[],
): PrescriptionInput[] {
  const before = byLineage(base);
  const after = byLineage(theirs);
  const kept = mine.flatMap((one) => {
    const was = before.get(one.lineageId);
    if (!was) return [one];
    const now = after.get(one.lineageId);
    if (!now) return dequal(was, one) ? [] : [one];
    const dose = merged(was.dose, one.dose, now.dose);
    const repsMax = Math.max(dose.repsMin, dose.repsMax);
    return [{ ...merged(was, one, now), dose: { ...dose, repsMax } }];
  });
  const known = byLineage(mine);
  const added = theirs.filter(({ lineageId }) => !known.has(lineageId) && !before.has(lineageId));
  return [...kept, ...added];
}

function merged<T extends object>(was: T, mine: T, theirs: T): T {
  const keys = Object.keys(mine) as (keyof T)[];
  const changed = keys.filter((key) => !dequal(was[key], mine[key]));
  return { ...theirs, ...Object.fromEntries(changed.map((key) => [key, mine[key]])) };
}

function byLineage(list: readonly PrescriptionInput[]): Map<string, PrescriptionInput> {
  return new Map(list.map((one) => [one.lineageId, one]));
}
