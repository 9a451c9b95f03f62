import 'server-only';
import { z } from 'zod';
import { countUnread, listCheckInPatients, listNotices, markSubjectRead } from '#db/queries/contact/notices';
import { listReachablePatientIds } from '#db/queries/people/access';
import { idSchema } from '#domain/input/fields';
import { procedure, router } from '#server/routers/trpc';

const SHOWN = 50;

export const noticesRouter = router({
  /** The newest notices of the account. A patient is named only to who may still reach them. */
  list: procedure('notice.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { userId, clinicId } = ctx.actor;
      const rows = yield* listNotices(d, { userId, limit: SHOWN });
      const patientIds = yield* listReachablePatientIds(d, { clinicId, userId, nowMs: act.nowMs });
      const named = yield* listCheckInPatients(d, {
        clinicId,
        patientIds,
        checkInIds: rows.map((row) => row.subjectId),
      });
      const nameOf = new Map(named.map(({ checkInId, patientName }) => [checkInId, patientName]));
      return {
        unread: yield* countUnread(d, { userId }),
        notices: rows.map(({ id, kind, subjectId, createdAt, readAt }) => ({
          id,
          kind,
          subjectId,
          createdAt,
          readAt,
          patientName: nameOf.get(subjectId) ?? null,
        })),
      };
    }),
  ),

  /** The account has seen the thing itself: its notices are read, on every page that shows them. */
  markRead: procedure('notice.mark_read')
    .input(z.object({ subjectId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { userId } = ctx.actor;
        act.about(input.subjectId);
        const read = yield* markSubjectRead(d, { userId, subjectId: input.subjectId, nowMs: act.nowMs });
        if (read > 0) act.tell('notice', input.subjectId, { userId });
        return { read };
      }),
    ),
});
