import 'server-only';
import type { Body, Db } from '#db/body';
import {
  findMark,
  insertRemovals,
  isRemoved,
  isReplaced,
  type MarkRow,
  removeMarks,
  replaceProjection,
  setMarkRemoved,
  setProjectedRevision,
  upsertMark,
} from '#db/queries/annotation/marks';
import { type AnnotationOpRow, listAnnotationOps } from '#db/queries/annotation/surfaces';
import { goniometer } from '#domain/annotation/goniometry';
import { isMeasurement } from '#domain/annotation/mark';
import { type Author, envelopeSchema } from '#domain/annotation/operation';
import { mayOperate } from '#domain/annotation/rights';
import {
  type AuthoredOperation,
  applyOperations,
  type CommittedMark,
  claimsFirst,
  emptyAnnotations,
  visibleMarks,
} from '#domain/annotation/state';

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

type Surface = { surfaceId: string };
type Stored = Surface & AuthoredOperation & { revision: number; projectedRevision: number | null; isAddendum: boolean };

/**
 * Keeps the table of marks in step with the operations: what the domain's reducer says of every mark, in whatever order
 * the operations came. One operation reads and writes the rows that it reaches, however many the surface holds. The
 * table can be rebuilt from the operations and is never read back into them. What came after the record was closed changes
 * no mark.
 */
export function* project(d: Db, { projectedRevision, isAddendum, ...stored }: Stored): Body<void> {
  const { surfaceId, revision, author, envelope } = stored;
  const { op, lamport, opId, tMs } = envelope;
  if (projectedRevision !== revision - 1) yield* rebuildMarks(d, { surfaceId });
  else if (op.kind === 'commit' && !isAddendum)
    yield* projectCommit(d, { surfaceId }, { mark: op.mark, author, lamport, opId, tMs });
  else if (op.kind === 'remove' && !isAddendum) yield* projectRemove(d, { surfaceId, author, markIds: op.markIds });
  yield* setProjectedRevision(d, { surfaceId, revision });
}

/** The commit keeps its mark's id, or the one before does; the marks that the two replace go or come back with it. */
function* projectCommit(d: Db, { surfaceId }: Surface, entry: CommittedMark): Body<void> {
  const { markId, replaces } = entry.mark;
  const held = yield* findMark(d, { surfaceId, markId });
  if (held && !claimsFirst(entry, claimOf(held))) return;
  yield* upsertMark(d, markRow(surfaceId, entry, false));
  for (const reached of new Set([markId, held?.replaces, replaces]))
    if (reached) yield* judge(d, { surfaceId, markId: reached });
}

type FoundMark = Pick<MarkRow, 'authorId' | 'authorRole' | 'lamport' | 'opId' | 'replaces'>;

/** Rows without these are of an earlier release, and were made anew before anything is read from them. */
function claimOf({ authorId, authorRole, lamport, opId }: FoundMark) {
  if (authorRole === null || lamport === null || opId === null) throw new Error('the mark was not projected anew');
  return { author: { authorId, role: authorRole }, lamport, opId };
}

function* judge(d: Db, at: Surface & { markId: string }): Body<void> {
  const found = yield* findMark(d, at);
  if (!found) return;
  const owned = { ...at, authorId: found.authorId };
  const removed = (yield* isRemoved(d, owned)) || (yield* isReplaced(d, owned));
  yield* setMarkRemoved(d, { ...at, removed });
}

type Remove = Surface & { author: Author; markIds: readonly string[] };

function* projectRemove(d: Db, { surfaceId, author, markIds }: Remove): Body<void> {
  yield* insertRemovals(
    d,
    markIds.map((markId) => removalRow(surfaceId, markId, author)),
  );
  yield* removeMarks(d, { surfaceId, markIds, by: author });
}

function removalRow(surfaceId: string, markId: string, { authorId, role }: Author) {
  return { surfaceId, markId, authorId, authorRole: role };
}

/** Makes the marks of a surface anew from all its operations. */
export function* rebuildMarks(d: Db, { surfaceId }: Surface): Body<void> {
  const rows = yield* listAnnotationOps(d, { surfaceId, sinceRevision: 0, limit: Number.MAX_SAFE_INTEGER });
  const operations = rows.filter((row) => row.addendumAt === null).map(asStored);
  const state = applyOperations(emptyAnnotations, operations);
  const visible = new Set(visibleMarks(state).map(({ mark }) => mark.markId));
  yield* replaceProjection(d, {
    surfaceId,
    rows: [...state.commits.values()].map((entry) => markRow(surfaceId, entry, !visible.has(entry.mark.markId))),
    removals: operations.flatMap(({ author, envelope: { op } }) =>
      op.kind === 'remove' && mayOperate(author.role, op)
        ? op.markIds.map((markId) => removalRow(surfaceId, markId, author))
        : [],
    ),
  });
}

function markRow(surfaceId: string, { mark, author, lamport, opId, tMs }: CommittedMark, removed: boolean): MarkRow {
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
    authorRole: author.role,
    lamport,
    opId,
    replaces: mark.replaces ?? null,
  };
}
