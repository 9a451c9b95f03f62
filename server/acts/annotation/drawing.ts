import 'server-only';
import type { Body, Db } from '#db/body';
import { listMeasured } from '#db/queries/annotation/marks';
import { listAnnotationOps } from '#db/queries/annotation/surfaces';
import type { PatientScope } from '#db/scope';
import { type DrawingAddenda, drawingAddenda } from '#domain/annotation/addenda';
import { angleMeasurementSchema } from '#domain/annotation/mark';
import type { EarlierMeasurement } from '#domain/annotation/measurement-prefill';
import { applyOperations, type CommittedMark, emptyAnnotations, visibleMarks } from '#domain/annotation/state';
import { asStored } from './projection';

type Surface = { surfaceId: string; untilRevision?: number };

/** The marks of the record, the last one on top, and what came after it was closed. */
type Drawing = { marks: readonly CommittedMark[]; addenda: DrawingAddenda };

/** What stands on a surface after all its operations, or those until a revision. */
export function* readDrawing(d: Db, { surfaceId, untilRevision }: Surface): Body<Drawing> {
  const all = yield* listAnnotationOps(d, { surfaceId, sinceRevision: 0, limit: Number.MAX_SAFE_INTEGER });
  const rows = all.filter(({ revision }) => untilRevision === undefined || revision <= untilRevision);
  const operationsOf = (late: boolean) => rows.filter((row) => (row.addendumAt !== null) === late).map(asStored);
  const marks = visibleMarks(applyOperations(emptyAnnotations, operationsOf(false)));
  return { marks, addenda: drawingAddenda(marks, operationsOf(true)) };
}

/** As many as one may go back for the same exercise or joint. */
const MEASURED_MAX = 40;

/** What was measured of a patient's hand, newest first, in whatever visit or review. */
export function* readMeasured(d: Db, { scope }: { scope: PatientScope }): Body<EarlierMeasurement[]> {
  const rows = yield* listMeasured(d, { ...scope, limit: MEASURED_MAX });
  return rows.flatMap(({ lineageId, ...said }) => {
    const measurement = angleMeasurementSchema.safeParse(said);
    return measurement.success ? [{ lineageId, measurement: measurement.data }] : [];
  });
}
