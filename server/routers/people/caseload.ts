import 'server-only';
import { countQueue } from '#db/queries/people/caseload';
import { caseloadQuerySchema } from '#domain/people/caseload';
import { readCaseload } from '#server/acts/people/caseload';
import { procedure, router } from '#server/routers/trpc';

export const caseloadRouter = router({
  mine: procedure('patient.list')
    .input(caseloadQuerySchema)
    .query(({ ctx, input: query }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readCaseload(d, work, { clinicId, userId, query }));
    }),

  /** The number beside "Review" in the bar. */
  counts: procedure('patient.list').query(({ ctx }) => {
    const { clinicId, userId } = ctx.actor;
    return ctx.read((d, work) => countQueue(d, { clinicId, userId, nowMs: work.nowMs }));
  }),
});
