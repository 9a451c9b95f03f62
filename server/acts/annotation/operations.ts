import 'server-only';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import {
  findAnnotationOp,
  findVisitSurface,
  insertAnnotationOp,
  listAnnotationOps,
  takeRevision,
} from '#db/queries/annotation/surfaces';
import type { AuthorRole, OperationEnvelope } from '#domain/annotation/operation';
import { mayOperate } from '#domain/annotation/rights';
import { Failure, notFound } from '#domain/input/failure';
import type { AdmittedVisit, FoundVisit } from '#server/acts/visit/access';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { asStored, project } from './projection';

/** How many stored operations one answer holds; a page asks again until it is complete. */
export const SNAPSHOT_MAX = 2000;

type Append = { surfaceId: string; authorId: string; role: AuthorRole; envelope: OperationEnvelope };

/** Stores an operation once under the surface's next revision. The same id with other content is refused. */
export function* appendOperation(
  d: Db,
  work: UnitOfWork,
  { surfaceId, authorId, role, envelope }: Append,
): Body<{ revision: number }> {
  if (!mayOperate(role, envelope.op)) throw new Failure('FORBIDDEN', 'not_allowed');
  const before = yield* findAnnotationOp(d, { opId: envelope.opId });
  if (before) {
    if (before.authorId !== authorId) throw notFound();
    if (before.surfaceId !== surfaceId || canonicalJson(before.body) !== canonicalJson(envelope))
      throw new Failure('CONFLICT', 'operation_differs');
    return { revision: before.revision };
  }
  const revision = yield* takeRevision(d, { surfaceId });
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
  });
  yield* project(d, { surfaceId }, envelope);
  return { revision };
}

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
  const appended = yield* appendOperation(d, work, { surfaceId, authorId: me.id, role: me.role, envelope });
  work.tell('visit_ink', visit.id, { patientId: visit.patientId });
  return appended;
}

/** What a late joiner or a reload needs: everything stored after a revision. Peers are never asked for history. */
export function* readVisitOperations(d: Db, { revision, ...found }: FoundVisit & { revision: number }) {
  const { id: surfaceId } = yield* requireVisitSurface(d, found);
  const rows = yield* listAnnotationOps(d, { surfaceId, sinceRevision: revision, limit: SNAPSHOT_MAX });
  return {
    operations: rows.map(asStored),
    revision: rows.at(-1)?.revision ?? revision,
    complete: rows.length < SNAPSHOT_MAX,
  };
}
