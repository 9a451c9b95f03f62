import 'server-only';
import { z } from 'zod';
import { listOpenFlags } from '#db/queries/practice/flags';
import { idSchema, lineSchema, placeSchema } from '#domain/input/fields';
import { FLAGS_PER_PAGE } from '#domain/input/page';
import { closeFlag } from '#server/acts/practice/flags';
import { procedure, router } from '#server/routers/trpc';

export const flagsRouter = router({
  open: procedure('patient.read')
    .input(z.object({ patientId: idSchema, cursor: z.nullish(placeSchema) }))
    .query(({ ctx, input: { patientId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* listOpenFlags(d, { ...scope, before: cursor, limit: FLAGS_PER_PAGE });
      }),
    ),

  resolve: procedure('flag.resolve')
    .input(z.object({ patientId: idSchema, flagId: idSchema, resolution: lineSchema(500) }))
    .mutation(({ ctx, input: { patientId, ...flag } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* closeFlag(d, work, { scope, ...flag, seenBy: ctx.actor.userId });
      }),
    ),
});
