import 'server-only';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { findAnnotationOp, insertAnnotationOp, takeRevision } from '#db/queries/annotation/surfaces';
import type { AuthorRole, OperationEnvelope } from '#domain/annotation/operation';
import { isDoubtful } from '#domain/annotation/reach';
import { mayOperate } from '#domain/annotation/rights';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { project } from './projection';

/** How many stored operations one answer holds; a page asks again until it is complete. */
export const SNAPSHOT_MAX = 2000;

type Append = {
  surfaceId: string;
  authorId: string;
  role: AuthorRole;
  envelope: OperationEnvelope;
  /** When it arrived after the record was closed: then it changes no mark; null where it belongs to the record. */
  addendumAt: number | null;
};

/**
 * Stores an operation once under the surface's next revision. The same id with other content is refused, and so is an
 * angle that its joint cannot stand at, unless whoever measured it said that it is so.
 */
export function* appendOperation(
  d: Db,
  work: UnitOfWork,
  { surfaceId, authorId, role, envelope, addendumAt }: Append,
): Body<{ revision: number }> {
  if (!mayOperate(role, envelope.op)) throw new Failure('FORBIDDEN', 'not_allowed');
  const before = yield* findAnnotationOp(d, { opId: envelope.opId });
  if (before) {
    if (before.authorId !== authorId) throw notFound();
    if (before.surfaceId !== surfaceId || canonicalJson(before.body) !== canonicalJson(envelope))
      throw new Failure('CONFLICT', 'operation_differs');
    return { revision: before.revision };
  }
  if (envelope.op.kind === 'commit' && isDoubtful(envelope.op.mark)) throw new Failure('BAD_REQUEST', 'angle_doubtful');
  const { revision, projectedRevision } = yield* takeRevision(d, { surfaceId });
  yield* insertAnnotationOp(d, {
    surfaceId,
    revision,
    opId: envelope.opId,
    authorId,
    authorRole: role,
    kind: envelope.op.kind,
    body: envelope,
    tMs: envelope.tMs,
    receivedAt: work.nowMs,
    addendumAt,
  });
  const author = { authorId, role };
  yield* project(d, { surfaceId, revision, projectedRevision, author, envelope, isAddendum: addendumAt !== null });
  return { revision };
}
