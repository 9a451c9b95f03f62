import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  findExercise,
  findReadyDemo,
  listDemos,
  listErrorTags,
  listExercises,
  replaceDemo,
} from '#db/queries/program/exercises';
import { notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { procedure, router } from '#server/routers/trpc';

export const exercisesRouter = router({
  /** The library and the clinic's own exercises in the reader's language, with the clinic's demo clips. */
  list: procedure('exercise.read').query(({ ctx }) =>
    ctx.read(function* (d) {
      const { clinicId, locale } = ctx.actor;
      const exercises = yield* listExercises(d, { clinicId, locale });
      const demos = yield* listDemos(d, { clinicId });
      const tags = yield* listErrorTags(d, { exerciseIds: exercises.map((exercise) => exercise.exerciseId) });
      return exercises.map((exercise) => ({
        ...exercise,
        demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
        errorTags: tags.filter((tag) => tag.exerciseId === exercise.exerciseId),
      }));
    }),
  ),

  get: procedure('exercise.read')
    .input(z.object({ exerciseId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d) {
        const { clinicId, locale } = ctx.actor;
        const exercise = yield* findExercise(d, { clinicId, locale, exerciseId: input.exerciseId });
        if (!exercise) throw notFound();
        const demos = yield* listDemos(d, { clinicId });
        return {
          ...exercise,
          demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
          errorTags: yield* listErrorTags(d, { exerciseIds: [exercise.exerciseId] }),
        };
      }),
    ),

  /** Shows the clinic's own clip of an exercise instead of the drawing. */
  setDemo: procedure('exercise.set_demo')
    .input(z.object({ exerciseId: idSchema, mediaId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const exercise = yield* findExercise(d, { clinicId, exerciseId: input.exerciseId });
        const media = yield* findReadyDemo(d, { clinicId, mediaId: input.mediaId });
        if (!media || !exercise) throw notFound();
        yield* replaceDemo(d, { id: uuidv7(), clinicId, ...input, createdBy: userId, createdAt: act.nowMs });
        act.about(input.exerciseId);
        act.tell('exercise', input.exerciseId);
        return { set: true };
      }),
    ),
});
