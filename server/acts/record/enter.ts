import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findEpisode } from '#db/queries/people/patients';
import { findMeasureOwner, insertMeasure, type MeasureRow } from '#db/queries/record/measures';
import { isVisitSigned } from '#db/queries/visit/addenda';
import { findVisit } from '#db/queries/visit/visits';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { AddMeasures } from '#domain/record/enter';
import type { MeasureInput } from '#domain/record/measure-input';
import { CLOCK_SLACK_MS } from '#domain/time/device-clock';
import { localDay } from '#domain/time/local-day';
import { isAddendum } from '#domain/visit/addendum';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { forbiddenAmong } from './test-facts';

type By = { standing: PatientStanding; userId: string };

/**
 * Keeps measures of one hand problem as they were made, once per operation of the device. Throws BAD_REQUEST for a day that
 * is still to come, CONFLICT `measure_forbidden` where something forbids a test and nobody says why it was made.
 */
export function* addMeasures(
  d: Db,
  work: UnitOfWork,
  { standing, userId, input }: By & { input: AddMeasures },
): Body<{ stored: number }> {
  const queued = { opId: input.opId, userId, procedure: 'record.addMeasures', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { scope } = standing;
    const { episodeId, visitId, measuredTimeZone, measures, overrideReason } = input;
    yield* requireEpisode(d, scope, episodeId);
    const measuredAt = timeOf(work, input);
    const onDay = localDay(measuredAt, measuredTimeZone);
    const tested = measures.map((measure) => ({ measure, measuredAt }));
    const forbidden = yield* forbiddenAmong(d, tested, { scope, episodeId, onDay });
    if (forbidden.length > 0 && overrideReason === null) throw new Failure('CONFLICT', 'measure_forbidden');
    const addendumAt = visitId === null ? null : yield* addendumOfVisit(d, work, scope, visitId);
    const reasons = new Set(forbidden.map(({ measure }) => measure.id));
    for (const measure of measures)
      yield* storeMeasure(d, {
        ...rowOf(measure),
        ...scope,
        episodeId,
        visitId,
        measuredAt,
        measuredTimeZone,
        enteredBy: userId,
        receivedAt: work.nowMs,
        overrideReason: reasons.has(measure.id) ? overrideReason : null,
        addendumAt,
        isVoid: false,
        isCurrent: true,
      });
    tellMeasures(work, scope);
    return { stored: measures.length };
  });
}

/** What is entered is of now, or of a day before. */
function timeOf(work: UnitOfWork, { saidAt, measuredAt, clock }: AddMeasures): number {
  if (measuredAt === null) return work.rightClock({ times: [saidAt], clock })(saidAt).at;
  if (measuredAt > work.nowMs + CLOCK_SLACK_MS) throw new Failure('BAD_REQUEST', 'in_the_future');
  return measuredAt;
}

export function* requireEpisode(d: Db, scope: PatientScope, episodeId: string) {
  const episode = yield* findEpisode(d, { ...scope, episodeId });
  if (!episode) throw notFound();
  return episode;
}

/** Now, where the record of the visit is closed: what is measured later stands beside it. */
export function* addendumOfVisit(d: Db, work: UnitOfWork, scope: PatientScope, visitId: string): Body<number | null> {
  const visit = yield* findVisit(d, { ...scope, visitId });
  if (!visit) throw notFound();
  if (visit.endedAt === null) return null;
  const isSigned = yield* isVisitSigned(d, { ...scope, visitId });
  return isAddendum({ openedAt: visit.openedAt, endedAt: visit.endedAt, isSigned }, null, work.nowMs)
    ? work.nowMs
    : null;
}

/** A new row; the id of somebody else's does not exist, one of the patient's own was sent with other content. */
export function* storeMeasure(d: Db, row: Parameters<typeof insertMeasure>[1]): Body<void> {
  if (yield* findMeasureOwner(d, { measureId: row.id })) throw new Failure('CONFLICT', 'operation_differs');
  yield* insertMeasure(d, row);
}

/** The columns of what was entered. */
export function rowOf(measure: MeasureInput): Pick<MeasureRow, keyof MeasureInput> {
  return { ...measure, trials: measure.trials === null ? null : [...measure.trials] };
}

export function tellMeasures(work: UnitOfWork, { patientId }: PatientScope): void {
  work.about(patientId);
  work.tell('measure', patientId, { patientId });
}
