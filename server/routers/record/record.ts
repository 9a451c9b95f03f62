import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { addMeasuresSchema, correctAngleSchema, correctMeasureSchema, painInTestSchema } from '#domain/record/enter';
import { localDay } from '#domain/time/local-day';
import { correctAngle, correctMeasure } from '#server/acts/record/correct';
import { addMeasures } from '#server/acts/record/enter';
import { sayPainInTest } from '#server/acts/record/pain';
import { readMeasures } from '#server/acts/record/read';
import { readTestFacts } from '#server/acts/record/test-facts';
import { procedure, router } from '#server/routers/trpc';

/** What was measured of a hand, and what may be tested. */
export const recordRouter = router({
  measures: procedure('measure.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input: { patientId } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* readMeasures(d, { standing });
      }),
    ),

  /** What forbids a test of the open hand problem, or of one that is named; `forbiddenTest` reads it. */
  testFacts: procedure('measure.read')
    .input(z.object({ patientId: idSchema, episodeId: z.nullable(idSchema) }))
    .query(({ ctx, input: { patientId, episodeId } }) =>
      ctx.read(function* (d, work) {
        const { scope, timeZone } = yield* work.patient(patientId);
        return yield* readTestFacts(d, { scope, episodeId, onDay: localDay(work.nowMs, timeZone) });
      }),
    ),

  addMeasures: procedure('measure.write')
    .input(addMeasuresSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* addMeasures(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  correctMeasure: procedure('measure.write')
    .input(correctMeasureSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* correctMeasure(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  correctAngle: procedure('measure.write')
    .input(correctAngleSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* correctAngle(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  /** "It hurts" in a test: judged as every answer of pain, and it stops what pain stops. */
  sayPain: procedure('measure.write')
    .input(painInTestSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope, timeZone } = yield* work.patient(input.patientId);
        return yield* sayPainInTest(d, work, { scope, timeZone, enteredBy: ctx.actor.userId, input });
      }),
    ),
});
