import 'server-only';
import type { Body, Db } from '#db/body';
import { type AnnotationOpRow, listMarks, setMarkRemoved, upsertMark } from '#db/queries/surfaces';
import { isMeasurement, type Mark, type OperationEnvelope } from '#domain/annotation';
import { mayRemove } from '#domain/annotation-rights';
import { goniometer } from '#domain/goniometry';

/** Keeps the table of marks in step with the operations. It can be rebuilt from them and is never read back into them. */
export function* project(d: Db, row: AnnotationOpRow, { op }: OperationEnvelope): Body<void> {
  const author = { authorId: row.authorId, role: row.authorRole };
  if (op.kind === 'commit') {
    const known = yield* listMarks(d, { surfaceId: row.surfaceId });
    if (known.some((mark) => mark.markId === op.mark.markId)) return;
    yield* upsertMark(d, markRow(row, op.mark));
    const replaced = op.mark.replaces ? known.find((mark) => mark.markId === op.mark.replaces) : undefined;
    if (replaced && (author.role === 'clinician' || replaced.authorId === author.authorId)) {
      yield* setMarkRemoved(d, { surfaceId: row.surfaceId, markId: replaced.markId, removed: true });
    }
    return;
  }
  if (op.kind !== 'remove') return;
  const known = yield* listMarks(d, { surfaceId: row.surfaceId });
  for (const mark of known) {
    const owner = {
      authorId: mark.authorId,
      role: author.authorId === mark.authorId ? author.role : ('observer' as const),
    };
    if (op.markIds.includes(mark.markId) && mayRemove(author, owner)) {
      yield* setMarkRemoved(d, { surfaceId: row.surfaceId, markId: mark.markId, removed: true });
    }
  }
}

function markRow(row: AnnotationOpRow, mark: Mark) {
  const measured = isMeasurement(mark) ? mark.measurement : null;
  const reading =
    measured && mark.kind === 'angle'
      ? goniometer({ points: mark.points, aspect: mark.aspect, measurement: measured })
      : null;
  return {
    surfaceId: row.surfaceId,
    markId: mark.markId,
    authorId: row.authorId,
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
    committedAt: row.tMs,
    removed: false,
  };
}
