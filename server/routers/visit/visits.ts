import 'server-only';
import { z } from 'zod';
import { listPatientVisits } from '#db/queries/visit/visits';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { cancelVisitSchema, scheduleVisitSchema } from '#domain/visit/lifecycle';
import { requireOwnRecord } from '#server/acts/people/access';
import { requireVisit } from '#server/acts/visit/access';
import { cancelVisit, readSchedule, readWaiting, scheduleVisit } from '#server/acts/visit/schedule';
import { procedure, router } from '#server/routers/trpc';
import { visitRoom } from './room';

const SHOWN = 50;

const schedulePageSchema = z.object({
  fromMs: epochMsSchema,
  untilMs: epochMsSchema,
  cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish(),
});

export const visitsRouter = router({
  schedule: procedure('visit.schedule')
    .input(scheduleVisitSchema)
    .mutation(({ ctx, input: { patientId, ...visit } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* scheduleVisit(d, work, { scope, clinicianId: ctx.actor.userId, ...visit });
      }),
    ),

  cancel: procedure('visit.run')
    .input(cancelVisitSchema)
    .mutation(({ ctx, input: { visitId, state } }) =>
      ctx.write(function* (d, work) {
        const { visit } = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* cancelVisit(d, work, { visit, state });
      }),
    ),

  schedulePage: procedure('schedule.read')
    .input(schedulePageSchema)
    .query(({ ctx, input: { cursor = null, ...span } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readSchedule(d, work, { clinicId, userId, ...span, after: cursor }));
    }),

  waitingNow: procedure('schedule.read').query(({ ctx }) => ctx.read((d, work) => readWaiting(d, work, ctx.actor))),

  mine: procedure('visit.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { scope } = yield* requireOwnRecord(work, ctx.actor);
      return yield* listPatientVisits(d, { ...scope, limit: SHOWN });
    }),
  ),

  ofPatient: procedure('visit.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* listPatientVisits(d, { ...scope, limit: SHOWN });
      }),
    ),

  ...visitRoom,
});
