import { daysBetween, type LocalDay } from '#domain/time/local-day';
import type { DoseMessage } from './dose-words';
import type { ExerciseCategory } from './exercise';
import type { Load } from './load';

/**
 * Twelve weeks: a default, not a recommendation. After a flexor tendon repair full use is usual at about 12 weeks
 * (therapy protocols of Royal Brisbane and Women's Hospital, and of eatonhand.com, thr074 and thr076); the surgeon's
 * protocol decides.
 */
const STRENGTHENING_REASON_DAYS = 84;
export const EARLY_WEEKS = STRENGTHENING_REASON_DAYS / 7;

/** Whether a day lies in the weeks that begin with the day of surgery (`EARLY_WEEKS`). */
export function isEarlyAfterSurgery(surgeryOn: LocalDay, onDay: LocalDay): boolean {
  const daysSince = daysBetween(surgeryOn, onDay);
  return daysSince >= 0 && daysSince < STRENGTHENING_REASON_DAYS;
}

const STRENGTHENING_CATEGORIES: readonly ExerciseCategory[] = ['isometric', 'putty', 'pinch'];

/**
 * True for work against resistance: any load, and the categories that are resistance by nature, also when no load is
 * entered. A default of this project, not a recommendation.
 */
export function isStrengthening(category: ExerciseCategory, load: Pick<Load, 'kind'>): boolean {
  return load.kind !== 'none' || STRENGTHENING_CATEGORIES.includes(category);
}

/**
 * True when strengthening on `onDay` lies in the 84 days that begin with the day of surgery; false before surgery or
 * without one. A typed reason lets it through.
 */
export function strengtheningNeedsReason(facts: {
  surgeryOn: LocalDay | null;
  onDay: LocalDay;
  category: ExerciseCategory;
  load: Pick<Load, 'kind'>;
}): boolean {
  if (facts.surgeryOn === null || !isStrengthening(facts.category, facts.load)) return false;
  return isEarlyAfterSurgery(facts.surgeryOn, facts.onDay);
}

/** What publishing needs to know of a prescription. */
export type PublishedPrescription = {
  lineageId: string;
  category: ExerciseCategory;
  load: Pick<Load, 'kind'>;
  fromOn: LocalDay | null;
  untilOn: LocalDay | null;
  overrideReason: string | null;
};
export type PublishIssue = { lineageId: string; rule: 'strengthening_after_surgery'; onDay: LocalDay } & DoseMessage;

/**
 * The prescriptions that still need a typed reason before a version can take effect on `day`, in their order. One that
 * runs into the 84 days after a surgery still to come counts as well. Empty = nothing is in the way.
 */
export function publishIssues(
  prescriptions: readonly PublishedPrescription[],
  episode: { surgeryOn: LocalDay | null },
  day: LocalDay,
): PublishIssue[] {
  return prescriptions.flatMap((prescription) => {
    const { lineageId, fromOn, untilOn, overrideReason } = prescription;
    const onDay = latest([day, fromOn, episode.surgeryOn]);
    const isOver = untilOn !== null && untilOn < onDay;
    const hasReason = overrideReason !== null && overrideReason.trim() !== '';
    if (isOver || hasReason) return [];
    if (!strengtheningNeedsReason({ ...prescription, surgeryOn: episode.surgeryOn, onDay })) return [];
    const rule = 'strengthening_after_surgery' as const;
    return [
      { lineageId, rule, onDay, key: 'dose.issue.strengtheningAfterSurgery' as const, values: { weeks: EARLY_WEEKS } },
    ];
  });
}

function latest(days: readonly (LocalDay | null)[]): LocalDay {
  return days.reduce<LocalDay>((last, day) => (day !== null && day > last ? day : last), '');
}
