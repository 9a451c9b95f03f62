import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { markRead, readNotices } from '#server/acts/contact/notices';
import { procedure, router } from '#server/routers/trpc';

export const noticesRouter = router({
  list: procedure('notice.read').query(({ ctx }) => ctx.read((d, work) => readNotices(d, work, ctx.actor))),

  markRead: procedure('notice.mark_read', { trail: 'counted' })
    .input(z.object({ subjectId: idSchema }))
    .mutation(({ ctx, input: { subjectId } }) =>
      ctx.write((d, work) => markRead(d, work, { userId: ctx.actor.userId, subjectId })),
    ),
});
