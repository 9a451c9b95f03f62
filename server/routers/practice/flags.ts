import 'server-only';
import { z } from 'zod';
import { idSchema, placeSchema } from '#domain/input/fields';
import { can } from '#domain/people/access';
import { takeFlagSchema } from '#domain/practice/escalation';
import { liftStopSchema, noteFlagSchema, resolveFlagSchema } from '#domain/practice/flag';
import { takeFlag } from '#server/acts/practice/escalate';
import { readCaution, readOpenFlags } from '#server/acts/practice/flag-cases';
import { closeFlag, liftHeldStop, noteFlag } from '#server/acts/practice/flags';
import { procedure, router } from '#server/routers/trpc';

export const flagsRouter = router({
  open: procedure('patient.read')
    .input(z.object({ patientId: idSchema, cursor: z.nullish(placeSchema) }))
    .query(({ ctx, input: { patientId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* readOpenFlags(d, { scope, before: cursor, locale: ctx.actor.locale });
      }),
    ),

  /** What stands beside the open flags wherever a clinician decides. */
  caution: procedure('patient.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input: { patientId } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* readCaution(d, { standing, locale: ctx.actor.locale });
      }),
    ),

  note: procedure('flag.note')
    .input(noteFlagSchema)
    .mutation(({ ctx, input: { patientId, ...note } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* noteFlag(d, work, { scope, by: ctx.actor.userId, ...note });
      }),
    ),

  /** Whoever opened the flag says so by this alone: reading it is not taking it. */
  take: procedure('flag.take')
    .input(takeFlagSchema)
    .mutation(({ ctx, input: { patientId, flagId } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        const { userId: by, membershipId } = ctx.actor;
        return yield* takeFlag(d, work, { scope, by, membershipId, flagId });
      }),
    ),

  resolve: procedure('flag.resolve')
    .input(resolveFlagSchema)
    .mutation(({ ctx, input: { patientId, ...flag } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        const by = { scope: standing.scope, by: ctx.actor.userId, mayLift: can('stop.lift', standing) };
        return yield* closeFlag(d, work, { ...by, ...flag });
      }),
    ),

  liftStop: procedure('stop.lift')
    .input(liftStopSchema)
    .mutation(({ ctx, input: { patientId, ...stop } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* liftHeldStop(d, work, { scope, by: ctx.actor.userId, ...stop });
      }),
    ),
});
