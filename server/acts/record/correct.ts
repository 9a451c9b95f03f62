import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findOpenEpisode } from '#db/queries/people/patients';
import {
  findMeasure,
  findMeasureOfMark,
  listDrawnAngles,
  type MeasureRow,
  retireMeasure,
} from '#db/queries/record/measures';
import { Failure, notFound } from '#domain/input/failure';
import type { CorrectAngle, CorrectMeasure } from '#domain/record/enter';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { addendumOfVisit, rowOf, storeMeasure, tellMeasures } from './enter';
import { drawnMeasure } from './read';

type By = { standing: PatientStanding; userId: string };

/**
 * Puts another value in the place of one that was entered wrongly, or takes it away; what stood there stays to be read, with
 * the reason. Of a visit whose record is signed it is an addendum. Throws CONFLICT where somebody corrected it before.
 */
export function* correctMeasure(
  d: Db,
  work: UnitOfWork,
  { standing, userId, input }: By & { input: CorrectMeasure },
): Body<{ corrected: true }> {
  const queued = { opId: input.opId, userId, procedure: 'record.correctMeasure', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { scope } = standing;
    const before = yield* findMeasure(d, { ...scope, measureId: input.measureId });
    if (!before) throw notFound();
    if (before.isVoid || !(yield* retireMeasure(d, { measureId: before.id })))
      throw new Failure('CONFLICT', 'changed_meanwhile');
    const corrected = input.measure ?? asEntered(before, input.opId);
    if (corrected.kind !== before.kind) throw new Failure('BAD_REQUEST', 'other_measure');
    yield* storeMeasure(d, {
      ...before,
      ...rowOf(corrected),
      enteredBy: userId,
      receivedAt: work.nowMs,
      supersedesId: before.id,
      correctionReason: input.reason,
      isVoid: input.measure === null,
      addendumAt: before.visitId === null ? null : yield* addendumOfVisit(d, work, scope, before.visitId),
      isCurrent: true,
    });
    tellMeasures(work, scope);
    return { corrected: true as const };
  });
}

/** A measure that is taken away keeps its fields; the operation gives it its id. */
const asEntered = (before: MeasureRow, id: string) => ({ ...before, id }) as NonNullable<CorrectMeasure['measure']>;

/**
 * Puts another value in the place of a drawn angle's in the series; the drawing stays as it is. Where the record of its visit
 * is signed that is an addendum to it.
 */
export function* correctAngle(
  d: Db,
  work: UnitOfWork,
  { standing: reader, userId, input }: By & { input: CorrectAngle },
): Body<{ corrected: true }> {
  const queued = { opId: input.opId, userId, procedure: 'record.correctAngle', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { scope } = reader;
    const { measureId, surfaceId, markId, replacesId, degrees, reason } = input;
    const [drawn] = yield* listDrawnAngles(d, { ...scope, limit: 1, mark: { surfaceId, markId } });
    const measured = drawn ? drawnMeasure(drawn) : null;
    if (!drawn || !measured) throw notFound();
    const standing = yield* findMeasureOfMark(d, { ...scope, surfaceId, markId });
    const isSeen = (standing?.id ?? null) === replacesId;
    if (!isSeen || (standing && !(yield* retireMeasure(d, { measureId: standing.id }))))
      throw new Failure('CONFLICT', 'changed_meanwhile');
    const episode = yield* findOpenEpisode(d, scope);
    if (!episode) throw new Failure('CONFLICT', 'no_open_episode');
    const { visitId } = drawn;
    yield* storeMeasure(d, {
      ...measured.of,
      ...scope,
      id: measureId,
      episodeId: episode.id,
      visitId,
      surfaceId,
      markId,
      trials: null,
      value: degrees ?? measured.value,
      choice: null,
      measuredAt: measured.measuredAt,
      measuredTimeZone: reader.timeZone,
      enteredBy: userId,
      receivedAt: work.nowMs,
      supersedesId: replacesId,
      correctionReason: reason,
      isVoid: degrees === null,
      addendumAt: visitId === null ? null : yield* addendumOfVisit(d, work, scope, visitId),
      isCurrent: true,
    });
    tellMeasures(work, scope);
    return { corrected: true as const };
  });
}
