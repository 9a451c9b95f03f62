import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { sayBarrierSchema } from '#domain/practice/barriers';
import { readBarriers, sayBarrier } from '#server/acts/contact/barriers';
import { requireThreadToWrite } from '#server/acts/contact/thread-access';
import { procedure, router } from '#server/routers/trpc';

export const barriersRouter = router({
  say: procedure('barrier.say')
    .input(sayBarrierSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* requireThreadToWrite(d, work, ctx.actor, input.episodeId);
        return yield* sayBarrier(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  ofPatient: procedure('barrier.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* readBarriers(d, scope);
      }),
    ),
});
