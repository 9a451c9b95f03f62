import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { reasonSchema, recordsQuerySchema } from '#domain/people/record';
import {
  endLogin,
  giveLoginBack,
  holdRecord,
  liftRecordHold,
  readRecord,
  readRecords,
} from '#server/acts/people/records';
import type { Actor } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';

const byPatient = z.object({ patientId: idSchema });
const withReason = z.object({ patientId: idSchema, reason: reasonSchema });

/** A patient of the admin's own clinic, or of none: every query asks for both. */
const scopeOf = ({ clinicId }: Actor, patientId: string) => ({ clinicId, patientId });

/** Keeping the clinic's records: an admin's work, without anything clinical in it. */
export const recordsRouter = router({
  list: procedure('record.keep')
    .input(recordsQuerySchema)
    .query(({ ctx, input }) => ctx.read((d) => readRecords(d, { clinicId: ctx.actor.clinicId, query: input }))),

  get: procedure('record.keep')
    .input(byPatient)
    .query(({ ctx, input }) =>
      ctx.read((d, work) => readRecord(d, work, { scope: scopeOf(ctx.actor, input.patientId) })),
    ),

  endLogin: procedure('record.end_login')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => endLogin(d, work, { scope: scopeOf(ctx.actor, input.patientId) })),
    ),

  giveLoginBack: procedure('record.end_login')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => giveLoginBack(d, work, { scope: scopeOf(ctx.actor, input.patientId) })),
    ),

  hold: procedure('record.hold')
    .input(withReason)
    .mutation(({ ctx, input: { patientId, reason } }) =>
      ctx.write((d, work) =>
        holdRecord(d, work, { scope: scopeOf(ctx.actor, patientId), reason, by: ctx.actor.userId }),
      ),
    ),

  liftHold: procedure('record.hold')
    .input(withReason)
    .mutation(({ ctx, input: { patientId, reason } }) =>
      ctx.write((d, work) =>
        liftRecordHold(d, work, { scope: scopeOf(ctx.actor, patientId), reason, by: ctx.actor.userId }),
      ),
    ),
});
