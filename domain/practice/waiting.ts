import { restrictionsOn as holdingOn } from '#domain/record/restriction';
import type { LocalDay } from '#domain/time/local-day';
import type { PackPrescription, PackRestriction } from './day-pack';

/** What of a pack holds on a day: a phone that was long without a line lets go of what is over. */
export function restrictionsOn(restrictions: readonly PackRestriction[], day: LocalDay): PackRestriction[] {
  return holdingOn(
    restrictions.map((one) => ({ ...one, liftedAt: null })),
    day,
  );
}

/** Whether an exercise waits for the clinic: it breaks a restriction that holds, and nobody signed for it. */
export function isWaiting(
  { waitsFor }: Pick<PackPrescription, 'waitsFor'>,
  standing: readonly Pick<PackRestriction, 'id'>[],
): boolean {
  return standing.some(({ id }) => waitsFor.includes(id));
}
