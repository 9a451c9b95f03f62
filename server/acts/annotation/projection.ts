import 'server-only';
import type { Body, Db } from '#db/body';
import { type AnnotationOpRow, listAnnotationOps, type MarkRow, upsertMark } from '#db/queries/annotation/surfaces';
import { goniometer } from '#domain/annotation/goniometry';
import { isMeasurement } from '#domain/annotation/mark';
import { envelopeSchema, type Operation, type OperationEnvelope } from '#domain/annotation/operation';
import { applyOperations, type CommittedMark, emptyAnnotations, visibleMarks } from '#domain/annotation/state';

/** The stored operation as both sides apply it: author and role from the row, never from the payload. */
export function asStored(row: AnnotationOpRow) {
  const envelope = envelopeSchema.parse(row.body);
  return {
    revision: row.revision,
    author: { authorId: row.authorId, role: row.authorRole },
    envelope,
    receivedAt: row.receivedAt,
  };
}

/**
 * Keeps the table of marks in step with the operations: what the domain's reducer says of every mark this operation
 * reaches, in whatever order the operations came. It can be rebuilt from them and is never read back into them.
 */
export function* project(d: Db, { surfaceId }: { surfaceId: string }, { op }: OperationEnvelope): Body<void> {
  const reached = reachedBy(op);
  if (reached.length === 0) return;
  const operations = yield* listAnnotationOps(d, { surfaceId, sinceRevision: 0, limit: Number.MAX_SAFE_INTEGER });
  const state = applyOperations(emptyAnnotations, operations.filter(speaksOf(reached)).map(asStored));
  const visible = new Set(visibleMarks(state).map(({ mark }) => mark.markId));
  for (const markId of reached) {
    const entry = state.commits.get(markId);
    if (entry) yield* upsertMark(d, markRow(surfaceId, entry, !visible.has(markId)));
  }
}

/** The marks whose rows one operation can change. */
function reachedBy(op: Operation): readonly string[] {
  if (op.kind === 'stage') return [];
  if (op.kind === 'remove') return op.markIds;
  return op.mark.replaces ? [op.mark.markId, op.mark.replaces] : [op.mark.markId];
}

/** Ids are UUIDs: an operation that reaches a mark, or is reached through it, has its id in the body. */
function speaksOf(markIds: readonly string[]) {
  return ({ body }: AnnotationOpRow) => {
    const text = JSON.stringify(body);
    return markIds.some((markId) => text.includes(markId));
  };
}

function markRow(surfaceId: string, { mark, author, tMs }: CommittedMark, removed: boolean): MarkRow {
  const measured = isMeasurement(mark) ? mark.measurement : null;
  const reading =
    measured && mark.kind === 'angle'
      ? goniometer({ points: mark.points, aspect: mark.aspect, measurement: measured })
      : null;
  return {
    surfaceId,
    markId: mark.markId,
    authorId: author.authorId,
    kind: mark.kind,
    anchor: mark.anchor.kind,
    stillId: mark.anchor.kind === 'still' ? mark.anchor.stillId : null,
    frameFrom: mark.anchor.kind === 'frames' ? mark.anchor.from : null,
    frameTo: mark.anchor.kind === 'frames' ? mark.anchor.to : null,
    joint: measured?.joint ?? null,
    digit: measured?.digit ?? null,
    side: mark.side,
    motion: measured?.motion ?? null,
    activity: measured?.activity ?? null,
    view: measured?.view ?? null,
    valueDegrees: reading ? Math.round(reading.valueDegrees) : null,
    errorTag: mark.kind === 'error_tag' ? mark.code : null,
    lineageId: mark.lineageId ?? null,
    committedAt: tMs,
    removed,
  };
}
