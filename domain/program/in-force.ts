import type { LocalDay } from '#domain/time/local-day';
import { type PlannedSittings, plannedOn, type ScheduledPrescription } from './schedule';

/** A published version of a program and the first day on which it was in force. Numbers rise with time. */
export type InForce = { programId: string; number: number; effectiveFromOn: LocalDay };

/**
 * What was in force on a day: of each program the newest version that had begun, since of two that begin on one day the
 * later one took the other's place. A program that began later is not among them.
 */
export function inForceOn<V extends InForce>(versions: readonly V[], day: LocalDay): V[] {
  const newest = new Map<string, V>();
  for (const version of versions) {
    const known = newest.get(version.programId);
    if (version.effectiveFromOn <= day && (!known || version.number > known.number))
      newest.set(version.programId, version);
  }
  return [...newest.values()];
}

/** The plan of a day, by the versions that were in force on it. */
export function plannedThen(
  versions: readonly (InForce & { prescriptions: readonly ScheduledPrescription[] })[],
  day: LocalDay,
): PlannedSittings[] {
  return plannedOn(
    inForceOn(versions, day).flatMap(({ prescriptions }) => prescriptions),
    day,
  );
}

/** What a clip was filmed by: one dose of an exercise, and when it was published. */
type Dosed = { programVersionId: string; publishedAt: number | null };

/**
 * What was prescribed when something was filmed: the version that the device says it had, and, where it said none, the
 * newest that had been published by then. Undefined where the exercise was not prescribed yet.
 */
export function filmedBy<V extends Dosed>(
  versions: readonly V[],
  { programVersionId, atMs }: { programVersionId: string | null; atMs: number },
): V | undefined {
  const said = versions.find((version) => version.programVersionId === programVersionId);
  return said ?? versions.filter(({ publishedAt }) => publishedAt !== null && publishedAt <= atMs).at(-1);
}
