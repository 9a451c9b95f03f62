import 'server-only';
import { scheduleSeriesSchema, seriesPreviewSchema } from '#domain/visit/series';
import { readVisitTypes } from '#server/acts/visit/availability';
import { previewSeries, scheduleSeries } from '#server/acts/visit/series';
import { procedure } from '#server/routers/trpc';

/** Visits that are booked many at a time, and as what: spread into the router of visits. */
export const visitSeries = {
  /** Each time of a series, with what stands in its way. */
  seriesPreview: procedure('visit.schedule')
    .input(seriesPreviewSchema)
    .query(({ ctx, input: { patientId, ...times } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* previewSeries(d, work, { scope, clinicianId: ctx.actor.userId, ...times });
      }),
    ),

  scheduleSeries: procedure('visit.schedule')
    .input(scheduleSeriesSchema)
    .mutation(({ ctx, input: { patientId, ...series } }) =>
      ctx.write(function* (d, work) {
        const { scope, userId } = yield* work.patient(patientId);
        return yield* scheduleSeries(d, work, { scope, userId, clinicianId: ctx.actor.userId, ...series });
      }),
    ),

  /** The clinic's types of visit, for the form and for the names of those that were booked. */
  types: procedure('schedule.read').query(({ ctx }) => ctx.read((d) => readVisitTypes(d, ctx.actor))),
};
