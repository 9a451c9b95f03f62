import 'server-only';
import { z } from 'zod';
import { idSchema, placeSchema } from '#domain/input/fields';
import { markRead, readNotices } from '#server/acts/contact/notices';
import { procedure, router } from '#server/routers/trpc';

export const noticesRouter = router({
  list: procedure('notice.read')
    .input(z.object({ cursor: z.nullish(placeSchema) }).optional())
    .query(({ ctx, input }) => {
      const { clinicId, userId, roles } = ctx.actor;
      return ctx.read((d, work) => readNotices(d, work, { clinicId, userId, roles, before: input?.cursor ?? null }));
    }),

  markRead: procedure('notice.mark_read', { trail: 'counted' })
    .input(z.object({ subjectId: idSchema }))
    .mutation(({ ctx, input: { subjectId } }) =>
      ctx.write((d, work) => markRead(d, work, { userId: ctx.actor.userId, subjectId })),
    ),
});
