import 'server-only';
import { z } from 'zod';
import { idSchema, placeSchema } from '#domain/input/fields';
import {
  askSchema,
  bookSchema,
  declineSchema,
  freeTimesSchema,
  grantSchema,
  moveOwnSchema,
  ownVisitSchema,
} from '#domain/visit/appointment';
import { editWorkingHoursSchema, exceptionSchema } from '#domain/visit/working-hours';
import { requireOwnRecord } from '#server/acts/people/access';
import { requireVisit } from '#server/acts/visit/access';
import {
  acceptOwn,
  bookOwn,
  callOffOwn,
  moveOwn,
  readFreeTimes,
  readOwnAppointments,
  waitForEarlier,
} from '#server/acts/visit/own-appointments';
import { addException, dropException, readOwnHours, saveOwnHours } from '#server/acts/visit/own-hours';
import { askFor, declineRequest, grantRequest, readRequests, withdrawRequest } from '#server/acts/visit/requests';
import { procedure, router } from '#server/routers/trpc';

const requestSchema = z.object({ requestId: idSchema });

/** What patients do about their visits, by the clinic's rules. */
const byPatients = {
  mine: procedure('appointment.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { scope } = yield* requireOwnRecord(work, ctx.actor);
      return yield* readOwnAppointments(d, work, { scope });
    }),
  ),

  freeTimes: procedure('appointment.read')
    .input(freeTimesSchema)
    .query(({ ctx, input: { visitId, ...asked } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        const found = visitId === null ? null : yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* readFreeTimes(d, work, { scope, found, ...asked });
      }),
    ),

  book: procedure('appointment.choose')
    .input(bookSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* bookOwn(d, work, { scope, ...input });
      }),
    ),

  move: procedure('appointment.choose')
    .input(moveOwnSchema)
    .mutation(({ ctx, input: { visitId, ...wanted } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* moveOwn(d, work, { ...found, ...wanted });
      }),
    ),

  callOff: procedure('appointment.choose')
    .input(ownVisitSchema)
    .mutation(({ ctx, input: { visitId, sequence } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* callOffOwn(d, work, { ...found, sequence });
      }),
    ),

  accept: procedure('appointment.choose')
    .input(ownVisitSchema)
    .mutation(({ ctx, input: { visitId, sequence } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* acceptOwn(d, work, { ...found, sequence });
      }),
    ),

  waitForEarlier: procedure('appointment.choose')
    .input(z.object({ visitId: idSchema, waits: z.boolean() }))
    .mutation(({ ctx, input: { visitId, waits } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* waitForEarlier(d, work, { ...found, waits });
      }),
    ),

  ask: procedure('appointment.choose')
    .input(askSchema)
    .mutation(({ ctx, input: { visitId, ...asked } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        const found = visitId === null ? null : yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* askFor(d, work, { scope, found, ...asked });
      }),
    ),

  withdraw: procedure('appointment.choose')
    .input(requestSchema)
    .mutation(({ ctx, input: { requestId } }) =>
      ctx.write((d, work) => withdrawRequest(d, work, { actor: ctx.actor, requestId })),
    ),
};

/** What clinicians do about requests, and when they hold visits. */
const byClinicians = {
  requests: procedure('schedule.read')
    .input(z.object({ cursor: z.nullish(placeSchema) }).optional())
    .query(({ ctx, input }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readRequests(d, work, { clinicId, userId, after: input?.cursor ?? null }));
    }),

  grant: procedure('appointment.answer')
    .input(grantSchema)
    .mutation(({ ctx, input }) => ctx.write((d, work) => grantRequest(d, work, { actor: ctx.actor, ...input }))),

  decline: procedure('appointment.answer')
    .input(declineSchema)
    .mutation(({ ctx, input }) => ctx.write((d, work) => declineRequest(d, work, { actor: ctx.actor, ...input }))),

  hours: procedure('schedule.read').query(({ ctx }) => {
    const { clinicId, userId } = ctx.actor;
    return ctx.read((d, work) => readOwnHours(d, work, { clinicId, userId }));
  }),

  saveHours: procedure('availability.write')
    .input(editWorkingHoursSchema)
    .mutation(({ ctx, input: edited }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => saveOwnHours(d, work, { clinicId, userId, edited }));
    }),

  addException: procedure('availability.write')
    .input(exceptionSchema)
    .mutation(({ ctx, input: exception }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => addException(d, work, { clinicId, userId, exception }));
    }),

  removeException: procedure('availability.write')
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input: { id } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => dropException(d, work, { clinicId, userId, id }));
    }),
};

export const appointmentsRouter = router({ ...byPatients, ...byClinicians });
