import 'server-only';
import { z } from 'zod';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { logSchema, practiceSchema, removeLogSchema } from '#domain/practice/log';
import { deviceClockSchema } from '#domain/time/device-clock';
import { requireOwnRecord } from '#server/acts/people/access';
import { recordSitting } from '#server/acts/practice/record-sitting';
import { removeLog } from '#server/acts/practice/remove-log';
import { readLogPage } from '#server/acts/practice/shown-logs';
import { readTrends } from '#server/acts/practice/trends';
import { procedure, router } from '#server/routers/trpc';

const recordSchema = z.object({
  opId: idSchema,
  practice: z.nullable(practiceSchema),
  logs: z.array(logSchema).min(1).max(20),
  clock: z.optional(deviceClockSchema),
});

export const logsRouter = router({
  record: procedure('log.write')
    .input(recordSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope, timeZone } = yield* requireOwnRecord(work, ctx.actor);
        return yield* recordSitting(d, work, { scope, timeZone, enteredBy: ctx.actor.userId, input });
      }),
    ),

  /** One's own log that was made by mistake. */
  remove: procedure('log.remove')
    .input(removeLogSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* removeLog(d, work, { scope, removedBy: ctx.actor.userId, input });
      }),
    ),

  /** For whoever may read it: the clinic and the patient. */
  ofPatient: procedure('log.read')
    .input(z.object({ patientId: idSchema, cursor: z.object({ at: epochMsSchema, id: idSchema }).nullish() }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* readLogPage(d, { scope, before: input.cursor ?? null, locale: ctx.actor.locale });
      }),
    ),

  trends: procedure('log.read')
    .input(z.object({ patientId: z.nullable(idSchema), days: z.number().int().min(7).max(366) }))
    .query(({ ctx, input: { patientId, days } }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor, patientId ?? undefined);
        return yield* readTrends(d, work, { scope, days, locale: ctx.actor.locale });
      }),
    ),
});
