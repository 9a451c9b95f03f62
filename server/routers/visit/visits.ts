import 'server-only';
import { z } from 'zod';
import { listPatientVisits } from '#db/queries/visit/visits';
import { epochMsSchema, idSchema, placeSchema } from '#domain/input/fields';
import { VISITS_PER_PAGE } from '#domain/input/page';
import { DAY_MS } from '#domain/time/duration';
import {
  cancelVisitSchema,
  rescheduleVisitSchema,
  scheduleVisitSchema,
  visitTimeSchema,
} from '#domain/visit/lifecycle';
import { requireOwnRecord } from '#server/acts/people/access';
import { requireVisit } from '#server/acts/visit/access';
import { readCalendar } from '#server/acts/visit/availability';
import { rescheduleVisit } from '#server/acts/visit/reschedule';
import { cancelVisit, readOverlaps, readSchedule, readWaiting, scheduleVisit } from '#server/acts/visit/schedule';
import { cancelFollowing } from '#server/acts/visit/series';
import { procedure, router } from '#server/routers/trpc';
import { visitRoom } from './room';
import { visitSeries } from './series';

/** No grid shows more at once. */
const CALENDAR_MAX_MS = 62 * DAY_MS;
const calendarSchema = z
  .object({ userId: z.optional(idSchema), fromMs: epochMsSchema, untilMs: epochMsSchema })
  .refine(({ fromMs, untilMs }) => fromMs < untilMs && untilMs - fromMs <= CALENDAR_MAX_MS);

const schedulePageSchema = z.object({
  fromMs: epochMsSchema,
  untilMs: epochMsSchema,
  cursor: z.nullish(placeSchema),
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

  /** What the clinician or the patient has at that time already. */
  overlaps: procedure('visit.schedule')
    .input(visitTimeSchema)
    .query(({ ctx, input: { patientId, ...time } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* readOverlaps(d, work, { scope, clinicianId: ctx.actor.userId, ...time });
      }),
    ),

  /** Another time for a planned visit. */
  reschedule: procedure('visit.schedule')
    .input(rescheduleVisitSchema)
    .mutation(({ ctx, input: { visitId, ...wanted } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* rescheduleVisit(d, work, { ...found, ...wanted, by: ctx.actor.userId });
      }),
    ),

  /** When a clinician holds visits: the actor, or a colleague. */
  calendar: procedure('schedule.read')
    .input(calendarSchema)
    .query(({ ctx, input: { userId = ctx.actor.userId, ...span } }) =>
      ctx.read((d) => readCalendar(d, { clinicId: ctx.actor.clinicId, userId, ...span })),
    ),

  cancel: procedure('visit.run')
    .input(cancelVisitSchema)
    .mutation(({ ctx, input: { visitId, state, following } }) =>
      ctx.write(function* (d, work) {
        const found = { ...(yield* requireVisit(d, work, ctx.actor, visitId)), by: ctx.actor.userId };
        if (following && state === 'cancelled') {
          yield* cancelFollowing(d, work, found);
          return { state };
        }
        return yield* cancelVisit(d, work, { ...found, state });
      }),
    ),

  schedulePage: procedure('schedule.read')
    .input(schedulePageSchema)
    .query(({ ctx, input: { cursor = null, ...span } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readSchedule(d, work, { clinicId, userId, ...span, after: cursor }));
    }),

  waitingNow: procedure('schedule.read').query(({ ctx }) => ctx.read((d, work) => readWaiting(d, work, ctx.actor))),

  mine: procedure('visit.read')
    .input(z.object({ cursor: z.nullish(placeSchema) }).optional())
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* listPatientVisits(d, { ...scope, before: input?.cursor ?? null, limit: VISITS_PER_PAGE });
      }),
    ),

  ofPatient: procedure('visit.read')
    .input(z.object({ patientId: idSchema, cursor: z.nullish(placeSchema) }))
    .query(({ ctx, input: { patientId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* listPatientVisits(d, { ...scope, before: cursor, limit: VISITS_PER_PAGE });
      }),
    ),

  ...visitSeries,
  ...visitRoom,
});
