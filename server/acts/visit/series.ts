import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { listSeries } from '#db/queries/visit/calendar';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import { isPastStart } from '#domain/visit/lifecycle';
import { occurrences, type scheduleSeriesSchema, type seriesPreviewSchema } from '#domain/visit/series';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { FoundVisit } from './access';
import { remindOf, tellOfSeries } from './notices';
import { cancelVisit, listOverlaps, scheduleVisit } from './schedule';

type Whose = { scope: PatientScope; clinicianId: string };
type Preview = Omit<z.output<typeof seriesPreviewSchema>, 'patientId'> & Whose;

/** What stands in the way of one time of a series; null = nothing. */
export type Hindrance = 'none' | 'past' | 'taken' | null;

/** Each time of a series, in order, with what stands in its way: shown before anything is saved. */
export function* previewSeries(d: Db, work: UnitOfWork, { scope, clinicianId, ...asked }: Preview) {
  const times: { day: string; at: number | null; hindrance: Hindrance }[] = [];
  for (const { day, at } of occurrences(asked)) {
    const hindrance = yield* hindranceOf(d, work, { scope, clinicianId, at, durationMinutes: asked.durationMinutes });
    times.push({ day, at, hindrance });
  }
  return { times };
}

type OneTime = Whose & { at: number | null; durationMinutes: number };

function* hindranceOf(d: Db, work: UnitOfWork, { at, ...asked }: OneTime): Body<Hindrance> {
  if (at === null) return 'none';
  if (isPastStart(at, work.nowMs)) return 'past';
  const overlaps = yield* listOverlaps(d, work, { ...asked, startsAt: at });
  return overlaps.length > 0 ? 'taken' : null;
}

type Series = Omit<z.output<typeof scheduleSeriesSchema>, 'patientId'> &
  Whose & {
    /** The patient's account; null = the record has none. */
    userId: string | null;
  };

/**
 * Puts all visits of a series on the calendar in one write, or none; the patient is told once. What is not possible is left
 * out where it was shown (`leaveOut`); else it is a CONFLICT `visit_overlaps` or `series_changed`. BAD_REQUEST
 * `series_empty` where nothing is left. The same series once more, over a line that lost the answer, is there already.
 */
export function* scheduleSeries(d: Db, work: UnitOfWork, series: Series): Body<{ visitIds: string[] }> {
  const { scope, userId, seriesId, leaveOut, day, minutes, timeZone, which, everyWeeks, count, ...visit } = series;
  const before = yield* listSeries(d, { ...scope, seriesId });
  if (before.length > 0) return { visitIds: before.map(({ id }) => id) };
  const all = occurrences({ day, minutes, timeZone, which, everyWeeks, count });
  const wanted = all.filter((one) => !leaveOut.includes(one.day));
  if (wanted.length === 0) throw new Failure('BAD_REQUEST', 'series_empty');
  const { durationMinutes } = series;
  const made: { id: string; startsAt: number; durationMinutes: number }[] = [];
  for (const { at: startsAt } of wanted) {
    if (startsAt === null) throw new Failure('CONFLICT', 'series_changed');
    const one = { ...visit, scope, startsAt, timeZone, seriesId, untold: true };
    const { visitId } = yield* scheduleVisit(d, work, { ...one, visitId: uuidv7() });
    made.push({ id: visitId, startsAt, durationMinutes });
  }
  for (const one of made) yield* remindOf(d, { scope, visit: one });
  yield* tellOfSeries(d, work, { scope, userId, visits: made }, 'booked');
  work.about(seriesId);
  return { visitIds: made.map(({ id }) => id) };
}

/** Calls off a planned visit of a series and all planned ones of it that come after; the patient is told once. */
export function* cancelFollowing(
  d: Db,
  work: UnitOfWork,
  { visit, standing, by }: FoundVisit & { by: string },
): Body<{ cancelled: number }> {
  const { scope, userId } = standing;
  const series = visit.seriesId ? yield* listSeries(d, { ...scope, seriesId: visit.seriesId }) : [visit];
  const coming = series.filter(({ state, startsAt }) => state === 'scheduled' && startsAt >= visit.startsAt);
  for (const one of coming) yield* cancelVisit(d, work, { visit: one, standing, state: 'cancelled', untold: true, by });
  yield* tellOfSeries(d, work, { scope, userId, visits: coming }, 'cancelled');
  return { cancelled: coming.length };
}
