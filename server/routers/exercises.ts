import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findDemoMedia, listDemos, listErrorTags, listExercises, replaceDemo } from '#db/queries/exercises';
import { notFound } from '#domain/failure';
import { idSchema } from '#domain/input';
import { procedure, router } from '../trpc';

export const exercisesRouter = router({
  /** The library and the clinic's own exercises, with the clinic's demo clips. */
  list: procedure('exercise.read').query(({ ctx }) =>
    ctx.read(function* (d) {
      const { clinicId } = ctx.actor;
      const exercises = yield* listExercises(d, { clinicId });
      const demos = yield* listDemos(d, { clinicId });
      const tags = yield* listErrorTags(d, { exerciseIds: exercises.map((exercise) => exercise.exerciseId) });
      return exercises.map((exercise) => ({
        ...exercise,
        demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
        errorTags: tags.filter((tag) => tag.exerciseId === exercise.exerciseId),
      }));
    }),
  ),

  /** Shows the clinic's own clip of an exercise instead of the drawing. */
  setDemo: procedure('exercise.set_demo')
    .input(z.object({ exerciseId: idSchema, mediaId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const known = yield* listExercises(d, { clinicId });
        const media = yield* findDemoMedia(d, { clinicId, userId, mediaId: input.mediaId });
        if (!media || !known.some((exercise) => exercise.exerciseId === input.exerciseId)) throw notFound();
        yield* replaceDemo(d, { id: uuidv7(), clinicId, ...input, createdBy: userId, createdAt: act.nowMs });
        act.about(input.exerciseId);
        act.tell('exercise', input.exerciseId);
        return { set: true };
      }),
    ),
});
