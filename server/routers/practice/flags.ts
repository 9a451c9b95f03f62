import 'server-only';
import { z } from 'zod';
import { listOpenFlags, resolveFlag } from '#db/queries/practice/flags';
import { notFound } from '#domain/input/failure';
import { idSchema, lineSchema } from '#domain/input/fields';
import { procedure, router } from '#server/routers/trpc';

export const flagsRouter = router({
  open: procedure('patient.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        return yield* listOpenFlags(d, scope);
      }),
    ),

  /** Closes a flag with what was done about it. */
  resolve: procedure('flag.resolve')
    .input(z.object({ patientId: idSchema, flagId: idSchema, resolution: lineSchema(500) }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const { flagId, resolution } = input;
        if (!(yield* resolveFlag(d, { ...scope, flagId, resolution, seenBy: ctx.actor.userId, nowMs: act.nowMs })))
          throw notFound();
        act.about(flagId);
        act.tell('flag', scope.patientId, { patientId: scope.patientId });
        return { resolved: true };
      }),
    ),
});
