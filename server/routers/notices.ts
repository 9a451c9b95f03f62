import 'server-only';
import { z } from 'zod';
import { countUnread, listNotices, markNoticeRead } from '#db/queries/notices';
import { idSchema } from '#domain/input';
import { procedure, router } from '../trpc';

export const noticesRouter = router({
  list: procedure('notice.read').query(({ ctx }) =>
    ctx.read(function* (d) {
      const { userId } = ctx.actor;
      return { unread: yield* countUnread(d, { userId }), notices: yield* listNotices(d, { userId, limit: 30 }) };
    }),
  ),

  markRead: procedure('notice.mark_read')
    .input(z.object({ noticeId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        act.about(input.noticeId);
        return {
          read: yield* markNoticeRead(d, { userId: ctx.actor.userId, noticeId: input.noticeId, nowMs: act.nowMs }),
        };
      }),
    ),
});
