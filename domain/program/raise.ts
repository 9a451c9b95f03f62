import type { LocalDay } from '#domain/time/local-day';
import type { Dose } from './dose';
import type { PrescriptionInput } from './draft';
import type { Load } from './load';
import type { Schedule } from './schedule';

/**
 * Whether a dose asks for more than before in any one part: more sets, repetitions or seconds held, less rest, quicker
 * movement, more load or effort, pain allowed further, or more often. A part that is lowered does not pay for one that is
 * raised, and what cannot be compared (another putty, a limit that is taken away) counts as raised: unknown is not "no". A
 * default of this project, not a recommendation.
 */
export function raisesDose(before: Dose, after: Dose): boolean {
  return (
    after.sets > before.sets ||
    after.repsMin > before.repsMin ||
    after.repsMax > before.repsMax ||
    after.holdSeconds > before.holdSeconds ||
    after.restSeconds < before.restSeconds ||
    after.tempo.holdSeconds > before.tempo.holdSeconds ||
    after.tempo.closeSeconds < before.tempo.closeSeconds ||
    after.tempo.openSeconds < before.tempo.openSeconds ||
    raisesLoad(before.load, after.load) ||
    raisesEffort(before.effortTarget, after.effortTarget) ||
    raisesPainLimit(before.painLimit, after.painLimit) ||
    raisesSchedule(before.schedule, after.schedule)
  );
}

const MEASURES = ['level', 'kgf', 'percent'] as const;

/** No load is less than any; another kind or brand cannot be compared. */
function raisesLoad(before: Load, after: Load): boolean {
  if (after.kind === 'none') return false;
  if (before.kind !== after.kind || before.brand !== after.brand) return true;
  const steps = MEASURES.map((one) => ({ was: before[one], is: after[one] })).filter(({ was, is }) => was !== is);
  const known = steps.flatMap(({ was, is }) => (was === null || is === null ? [] : [is - was]));
  if (known.some((step) => step > 0)) return true;
  // Said to be less, and nothing known says more; or nothing of it was said in both.
  return steps.length > 0 && known.length === 0;
}

/** An effort that was not said before, or is not said any more, is unknown. */
function raisesEffort(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return after > before;
}

/** Without a limit of its own an exercise has the clinic's, which is never stricter. */
function raisesPainLimit(before: number | null, after: number | null): boolean {
  if (before === null) return false;
  return after === null || after > before;
}

/** The most sittings of one day, and those of a week. */
function sittings(schedule: Schedule): { perDay: number; perWeek: number } {
  switch (schedule.kind) {
    case 'per_day':
      return { perDay: schedule.times, perWeek: schedule.times * (schedule.days?.length ?? 7) };
    case 'every_days':
      return { perDay: 1, perWeek: 7 / schedule.days };
    case 'every_hours': {
      const perDay = Math.floor((schedule.untilMinute - schedule.fromMinute) / (schedule.hours * 60)) + 1;
      return { perDay, perWeek: perDay * 7 };
    }
  }
}

function raisesSchedule(before: Schedule, after: Schedule): boolean {
  const [was, is] = [sittings(before), sittings(after)];
  const isDenser = before.kind === 'every_hours' && after.kind === 'every_hours' && after.hours < before.hours;
  return is.perDay > was.perDay || is.perWeek > was.perWeek || isDenser;
}

/** What a raise needs to know of a prescription. */
export type Prescribed = Pick<PrescriptionInput, 'lineageId' | 'exerciseVersionId' | 'side' | 'fromOn' | 'untilOn'> & {
  dose: Dose;
};

const isEarlier = (is: LocalDay | null, was: LocalDay | null) => was !== null && (is === null || is < was);
const isLater = (is: LocalDay | null, was: LocalDay | null) => was !== null && (is === null || is > was);

/** The dose, and what else makes it more: another exercise, a hand that was spared, days without practice before. */
function raises(before: Prescribed, after: Prescribed): boolean {
  return (
    after.exerciseVersionId !== before.exerciseVersionId ||
    (after.side !== before.side && before.side !== 'both') ||
    isEarlier(after.fromOn, before.fromOn) ||
    isLater(after.untilOn, before.untilOn) ||
    raisesDose(before.dose, after.dose)
  );
}

/** The exercises of which a program asks more than before, and those that are new in it; in its order. */
export function raisedLineages(before: readonly Prescribed[], after: readonly Prescribed[]): string[] {
  const known = new Map(before.map((one) => [one.lineageId, one]));
  return after
    .filter((one) => {
      const was = known.get(one.lineageId);
      return !was || raises(was, one);
    })
    .map(({ lineageId }) => lineageId);
}
