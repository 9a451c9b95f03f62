import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { signAssessmentSchema, startAssessmentSchema, writeCellSchema } from '#domain/record/assessment';
import { discardAssessment, signAssessment, startAssessment, writeCell } from '#server/acts/record/assess';
import { readAssessment, readAssessments, requireAssessment } from '#server/acts/record/read-assessment';
import { procedure, router } from '#server/routers/trpc';

const oneOf = z.object({ patientId: idSchema, assessmentId: idSchema });

/** What was measured and found on one day, written as a draft and signed as a whole. */
export const assessmentsRouter = router({
  ofPatient: procedure('assessment.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input: { patientId } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* readAssessments(d, { scope });
      }),
    ),

  get: procedure('assessment.read')
    .input(z.object({ assessmentId: idSchema }))
    .query(({ ctx, input: { assessmentId } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireAssessment(d, work, ctx.actor, assessmentId);
        return yield* readAssessment(d, { scope, assessmentId });
      }),
    ),

  start: procedure('measure.write')
    .input(startAssessmentSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* startAssessment(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  write: procedure('measure.write', { trail: 'counted' })
    .input(writeCellSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* writeCell(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  discard: procedure('measure.write')
    .input(oneOf)
    .mutation(({ ctx, input: { patientId, assessmentId } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* discardAssessment(d, work, { standing, assessmentId });
      }),
    ),

  sign: procedure('measure.write')
    .input(signAssessmentSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* signAssessment(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),
});
