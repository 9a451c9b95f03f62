import 'server-only';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import {
  findAnnotationOp,
  findVisitSurface,
  insertAnnotationOp,
  listAnnotationOps,
  takeRevision,
} from '#db/queries/annotation/surfaces';
import { type AuthorRole, envelopeSchema, type OperationEnvelope } from '#domain/annotation/operation';
import { mayOperate } from '#domain/annotation/rights';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { asStored, project } from '#server/acts/annotation/projection';
import { requireSeat, requireVisit } from '#server/acts/visit/access';
import { procedure, router } from '#server/routers/trpc';
import { canonicalJson } from '#server/runtime/operations';

const SNAPSHOT_MAX = 2000;

type Append = { surfaceId: string; authorId: string; role: AuthorRole; envelope: OperationEnvelope; nowMs: number };

/** Stores an operation once under the surface's next revision. The same id with other content is refused. */
export function* appendOperation(d: Db, { surfaceId, authorId, role, envelope, nowMs }: Append): Body<number> {
  if (!mayOperate(role, envelope.op)) throw new Failure('FORBIDDEN', 'not_allowed');
  const before = yield* findAnnotationOp(d, { opId: envelope.opId });
  if (before) {
    if (before.authorId !== authorId) throw notFound();
    if (before.surfaceId !== surfaceId || canonicalJson(before.body) !== canonicalJson(envelope))
      throw new Failure('CONFLICT', 'operation_differs');
    return before.revision;
  }
  const revision = yield* takeRevision(d, { surfaceId });
  const row = {
    surfaceId,
    revision,
    opId: envelope.opId,
    authorId,
    authorRole: role,
    kind: envelope.op.kind,
    body: envelope,
    tMs: envelope.tMs,
    receivedAt: nowMs,
  };
  yield* insertAnnotationOp(d, row);
  yield* project(d, { surfaceId }, envelope);
  return revision;
}

export const annotationsRouter = router({
  /** Stores one drawing operation of a visit. Repeating it answers with the same revision. */
  append: procedure('visit.draw')
    .input(z.object({ visitId: idSchema, envelope: envelopeSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { visit, standing, me } = yield* requireSeat(d, act, ctx.actor, input.visitId);
        const surface = yield* findVisitSurface(d, { ...standing.scope, visitId: visit.id });
        if (!surface) throw notFound();
        const revision = yield* appendOperation(d, {
          surfaceId: surface.id,
          authorId: me.id,
          role: me.role,
          envelope: input.envelope,
          nowMs: act.nowMs,
        });
        act.tell('visit_ink', visit.id, { patientId: visit.patientId });
        return { revision };
      }),
    ),

  /** What a late joiner or a reload needs: everything stored after a revision. Peers are never asked for history. */
  since: procedure('visit.read')
    .input(z.object({ visitId: idSchema, revision: z.number().int().min(0) }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const surface = yield* findVisitSurface(d, { ...standing.scope, visitId: visit.id });
        if (!surface) throw notFound();
        const rows = yield* listAnnotationOps(d, {
          surfaceId: surface.id,
          sinceRevision: input.revision,
          limit: SNAPSHOT_MAX,
        });
        return {
          operations: rows.map(asStored),
          revision: rows.at(-1)?.revision ?? input.revision,
          complete: rows.length < SNAPSHOT_MAX,
        };
      }),
    ),
});
