import 'server-only';
import { addStillSchema } from '#domain/visit/record';
import { requireAdmitted } from '#server/acts/visit/access';
import { addStill } from '#server/acts/visit/stills';
import { procedure, router } from '#server/routers/trpc';

export const stillsRouter = router({
  add: procedure('visit.draw')
    .input(addStillSchema)
    .mutation(({ ctx, input: { visitId, ...still } }) =>
      ctx.write(function* (d, work) {
        const admitted = yield* requireAdmitted(d, work, ctx.actor, visitId);
        return yield* addStill(d, work, { ...admitted, ...still, ownerUserId: ctx.actor.userId });
      }),
    ),
});
