import 'server-only';
import { z } from 'zod';
import { idSchema, placeSchema } from '#domain/input/fields';
import { changeRestrictionSchema, liftRestrictionSchema, setRestrictionSchema } from '#domain/record/restriction';
import {
  changeRestriction,
  liftRestrictionOf,
  readPast,
  readPinned,
  setRestriction,
} from '#server/acts/record/restrictions';
import { procedure, router } from '#server/routers/trpc';

export const restrictionsRouter = router({
  /** What holds, with what is prescribed: shown wherever somebody decides. */
  pinned: procedure('restriction.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input: { patientId } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* readPinned(d, work, { standing, locale: ctx.actor.locale });
      }),
    ),

  past: procedure('restriction.read')
    .input(z.object({ patientId: idSchema, cursor: z.nullish(placeSchema) }))
    .query(({ ctx, input: { patientId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* readPast(d, work, { standing, before: cursor });
      }),
    ),

  set: procedure('restriction.write')
    .input(setRestrictionSchema)
    .mutation(({ ctx, input: { patientId, ...set } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* setRestriction(d, work, { standing, by: ctx.actor.userId, ...set });
      }),
    ),

  change: procedure('restriction.write')
    .input(changeRestrictionSchema)
    .mutation(({ ctx, input: { patientId, ...change } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* changeRestriction(d, work, { standing, by: ctx.actor.userId, ...change });
      }),
    ),

  lift: procedure('restriction.write')
    .input(liftRestrictionSchema)
    .mutation(({ ctx, input: { patientId, ...lift } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* liftRestrictionOf(d, work, { standing, by: ctx.actor.userId, ...lift });
      }),
    ),
});
