import 'server-only';
import type { Body, Db } from '#db/body';
import { findVisitSurface, listAnnotationOps } from '#db/queries/annotation/surfaces';
import { mayMeasure, type OperationEnvelope } from '#domain/annotation/operation';
import { notFound } from '#domain/input/failure';
import { readDrawing } from '#server/acts/annotation/drawing';
import { appendOperation, SNAPSHOT_MAX } from '#server/acts/annotation/operations';
import { asStored } from '#server/acts/annotation/projection';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type AdmittedVisit, type FoundVisit, tellVisit } from './access';
import { addendumAt } from './addendum';

function* requireVisitSurface(d: Db, { visit, standing }: FoundVisit) {
  const surface = yield* findVisitSurface(d, { ...standing.scope, visitId: visit.id });
  if (!surface) throw notFound();
  return surface;
}

/** Stores one drawing operation of a visit. Repeating it answers with the same revision. */
export function* appendVisitOperation(
  d: Db,
  work: UnitOfWork,
  { envelope, ...admitted }: AdmittedVisit & { envelope: OperationEnvelope },
): Body<{ revision: number }> {
  const { visit, me } = admitted;
  const { id: surfaceId } = yield* requireVisitSurface(d, admitted);
  const late = yield* addendumAt(d, work, admitted, envelope.tMs);
  const by = { authorId: me.id, role: me.role };
  const appended = yield* appendOperation(d, work, { surfaceId, ...by, envelope, addendumAt: late });
  // After the visit nobody draws: its record is what is open.
  if (visit.endedAt === null) work.tell('visit_ink', visit.id, { patientId: visit.patientId });
  else tellVisit(work, visit);
  if (mayMeasure(envelope.op)) work.tell('measure', visit.patientId, { patientId: visit.patientId });
  return appended;
}

/**
 * What a late joiner or a reload needs: everything stored after a revision, less what came after the record was closed.
 * Peers are never asked for history.
 */
export function* readVisitOperations(d: Db, { revision, ...found }: FoundVisit & { revision: number }) {
  const { id: surfaceId } = yield* requireVisitSurface(d, found);
  const rows = yield* listAnnotationOps(d, { surfaceId, sinceRevision: revision, limit: SNAPSHOT_MAX });
  return {
    operations: rows.filter((row) => row.addendumAt === null).map(asStored),
    revision: rows.at(-1)?.revision ?? revision,
    complete: rows.length < SNAPSHOT_MAX,
  };
}

/** What stands drawn in a visit, for its record: whole, however many operations made it, with what came after it. */
export function* readVisitDrawing(d: Db, found: FoundVisit) {
  const { id: surfaceId } = yield* requireVisitSurface(d, found);
  return yield* readDrawing(d, { surfaceId });
}
