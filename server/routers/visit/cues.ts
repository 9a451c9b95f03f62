import 'server-only';
import { startCueSchema, stopCueSchema } from '#domain/visit/record';
import { requireAdmitted } from '#server/acts/visit/access';
import { startCue, stopCue } from '#server/acts/visit/cues';
import { procedure, router } from '#server/routers/trpc';

/** Metronome and hold timer of a visit, started by either side. Times by the server's clock. */
export const cuesRouter = router({
  start: procedure('visit.draw')
    .input(startCueSchema)
    .mutation(({ ctx, input: { visitId, cue } }) =>
      ctx.write(function* (d, work) {
        const admitted = yield* requireAdmitted(d, work, ctx.actor, visitId);
        return yield* startCue(d, work, { ...admitted, cue, startedBy: ctx.actor.userId });
      }),
    ),

  stop: procedure('visit.draw')
    .input(stopCueSchema)
    .mutation(({ ctx, input: { visitId, ...stop } }) =>
      ctx.write(function* (d, work) {
        const admitted = yield* requireAdmitted(d, work, ctx.actor, visitId);
        return yield* stopCue(d, work, { ...admitted, ...stop, userId: ctx.actor.userId });
      }),
    ),
});
