import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { readExercise, readLibrary, setDemo } from '#server/acts/program/exercises';
import { procedure, router } from '#server/routers/trpc';

export const exercisesRouter = router({
  list: procedure('exercise.read').query(({ ctx }) => ctx.read((d) => readLibrary(d, ctx.actor))),

  get: procedure('exercise.read')
    .input(z.object({ exerciseId: idSchema }))
    .query(({ ctx, input }) => ctx.read((d) => readExercise(d, { ...ctx.actor, ...input }))),

  setDemo: procedure('exercise.set_demo')
    .input(z.object({ exerciseId: idSchema, mediaId: idSchema }))
    .mutation(({ ctx, input }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => setDemo(d, work, { clinicId, ...input, createdBy: userId }));
    }),
});
