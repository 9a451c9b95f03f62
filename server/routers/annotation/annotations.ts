import 'server-only';
import { z } from 'zod';
import { envelopeSchema } from '#domain/annotation/operation';
import { idSchema, revisionSchema } from '#domain/input/fields';
import { readMeasured } from '#server/acts/annotation/drawing';
import { requireAdmitted, requireVisit } from '#server/acts/visit/access';
import { appendVisitOperation, readVisitDrawing, readVisitOperations } from '#server/acts/visit/operations';
import { procedure, router } from '#server/routers/trpc';

export const annotationsRouter = router({
  append: procedure('visit.draw', { trail: 'counted' })
    .input(z.object({ visitId: idSchema, envelope: envelopeSchema }))
    .mutation(({ ctx, input: { visitId, envelope } }) =>
      ctx.write(function* (d, work) {
        const admitted = yield* requireAdmitted(d, work, ctx.actor, visitId);
        return yield* appendVisitOperation(d, work, { ...admitted, envelope });
      }),
    ),

  since: procedure('visit.read')
    .input(z.object({ visitId: idSchema, revision: revisionSchema }))
    .query(({ ctx, input: { visitId, revision } }) =>
      ctx.read(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* readVisitOperations(d, { ...found, revision });
      }),
    ),

  /** For who only reads. A page that draws reads operations, and goes on from where it stands. */
  drawing: procedure('visit.read')
    .input(z.object({ visitId: idSchema }))
    .query(({ ctx, input: { visitId } }) =>
      ctx.read(function* (d, work) {
        return yield* readVisitDrawing(d, yield* requireVisit(d, work, ctx.actor, visitId));
      }),
    ),

  /** What was measured of a patient's hand before, newest first: what the next angle is prefilled from. */
  measured: procedure('measurement.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input: { patientId } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* readMeasured(d, { scope });
      }),
    ),
});
