import 'server-only';
import { z } from 'zod';
import { findAuditCheck, findChainHead, listAudit } from '#db/queries/clinic/audit';
import { ownReadingsSchema, readingFilterSchema, readingsSchema } from '#domain/clinic/reading';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { exportReadings, readReadings } from '#server/acts/clinic/readings';
import { requireOwnRecord } from '#server/acts/people/access';
import { procedure, router } from '#server/routers/trpc';

const PAGE = 50;

export const auditRouter = router({
  /** Changes in the clinic, newest first. */
  changes: procedure('audit.read')
    .input(z.object({ cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish() }))
    .query(({ ctx, input }) =>
      ctx.read((d) => listAudit(d, { clinicId: ctx.actor.clinicId, before: input.cursor ?? null, limit: PAGE })),
    ),

  /** Who came upon whose record, newest first. */
  reads: procedure('audit.read')
    .input(readingsSchema)
    .query(({ ctx, input: { filter = {}, cursor = null } }) =>
      ctx.read((d) => readReadings(d, { clinicId: ctx.actor.clinicId, own: null, filter, after: cursor })),
    ),

  /** The same as CSV; that it was taken out stands in the trail. */
  exportReads: procedure('audit.export')
    .input(readingFilterSchema)
    .mutation(({ ctx, input: filter }) =>
      ctx.write((d) => exportReadings(d, { clinicId: ctx.actor.clinicId, filter })),
    ),

  /** Who came upon one's own record. */
  ofOwnRecord: procedure('audit.read_own')
    .input(ownReadingsSchema)
    .query(({ ctx, input: { cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        const own = { patientId: scope.patientId, userId: ctx.actor.userId };
        return yield* readReadings(d, { clinicId: scope.clinicId, own, filter: {}, after: cursor });
      }),
    ),

  /**
   * The last seal of the clinic's chain: kept elsewhere, it shows whether the end of the trail was cut off. With it, what
   * the last look through the chain found.
   */
  head: procedure('audit.read').query(({ ctx: { actor, read } }) =>
    read(function* (d) {
      const { clinicId } = actor;
      const head = (yield* findChainHead(d, { clinicId })) ?? null;
      const check = yield* findAuditCheck(d, { clinicId });
      return { head, check: check ? { wholeAt: check.wholeAt, brokenN: check.brokenN } : null };
    }),
  ),
});
