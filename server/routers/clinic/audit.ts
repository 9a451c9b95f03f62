import 'server-only';
import { z } from 'zod';
import { listAccess, listAudit } from '#db/queries/clinic/audit';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { procedure, router } from '#server/routers/trpc';

const PAGE = 50;

export const auditRouter = router({
  /** Changes in the clinic, newest first. */
  changes: procedure('audit.read')
    .input(z.object({ cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish() }))
    .query(({ ctx, input }) =>
      ctx.read((d) => listAudit(d, { clinicId: ctx.actor.clinicId, before: input.cursor ?? null, limit: PAGE })),
    ),

  /** Who read whose record. */
  reads: procedure('audit.read').query(({ ctx }) =>
    ctx.read((d) => listAccess(d, { clinicId: ctx.actor.clinicId, limit: PAGE })),
  ),
});
