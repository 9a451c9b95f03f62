import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { changeVisitDoseSchema, saveSummarySchema } from '#domain/visit/record';
import { requireAdmitted, requireVisit } from '#server/acts/visit/access';
import { changeVisitDose, readVisitRecord, saveSummary, sayItHurts } from '#server/acts/visit/record';
import { procedure, router } from '#server/routers/trpc';

export const visitRecordRouter = router({
  get: procedure('visit.read')
    .input(z.object({ visitId: idSchema }))
    .query(({ ctx, input: { visitId } }) =>
      ctx.read(function* (d, work) {
        const { userId, locale } = ctx.actor;
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* readVisitRecord(d, { ...found, userId, locale });
      }),
    ),

  saveSummary: procedure('visit.run', { trail: 'counted' })
    .input(saveSummarySchema)
    .mutation(({ ctx, input: { visitId, ...words } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* saveSummary(d, work, { ...found, ...words, userId: ctx.actor.userId });
      }),
    ),

  changeDose: procedure('program.write')
    .input(changeVisitDoseSchema)
    .mutation(({ ctx, input: { visitId, ...change } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* changeVisitDose(d, work, { ...found, ...change, publishedBy: ctx.actor.userId });
      }),
    ),

  sayItHurts: procedure('visit.say_it_hurts')
    .input(
      z.object({ visitId: idSchema, opId: idSchema, saidAt: deviceMsSchema, clock: z.optional(deviceClockSchema) }),
    )
    .mutation(({ ctx, input: { visitId, ...said } }) =>
      ctx.write(function* (d, work) {
        const admitted = yield* requireAdmitted(d, work, ctx.actor, visitId);
        return yield* sayItHurts(d, work, { ...admitted, ...said });
      }),
    ),
});
