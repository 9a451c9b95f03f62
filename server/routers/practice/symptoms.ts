import 'server-only';
import { amendSymptomsSchema, saySymptomsSchema } from '#domain/practice/symptom-check';
import { amendSymptoms, saySymptoms } from '#server/acts/check-in/said';
import { requireOwnRecord } from '#server/acts/people/access';
import { procedure, router } from '#server/routers/trpc';

/** What somebody says outside of a log: the morning after, "It hurts", a red-flag answer. */
export const symptomsRouter = router({
  say: procedure('log.write')
    .input(saySymptomsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope, timeZone } = yield* requireOwnRecord(work, ctx.actor);
        return yield* saySymptoms(d, work, { scope, timeZone, enteredBy: ctx.actor.userId, input });
      }),
    ),

  amend: procedure('log.write')
    .input(amendSymptomsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope, timeZone } = yield* requireOwnRecord(work, ctx.actor);
        return yield* amendSymptoms(d, work, { scope, timeZone, enteredBy: ctx.actor.userId, input });
      }),
    ),
});
