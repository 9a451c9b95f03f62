import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { eraseSchema, passwordAgainSchema, recordsQuerySchema } from '#domain/people/keeping-records';
import { reasonSchema } from '#domain/people/record';
import { askToOpen, openRecord } from '#server/acts/people/erase';
import { eraseOrLock } from '#server/acts/people/erase-record';
import { prepareExport, requireRecord } from '#server/acts/people/export';
import {
  endLogin,
  giveLoginBack,
  holdRecord,
  liftRecordHold,
  readRecord,
  readRecords,
} from '#server/acts/people/records';
import type { Actor } from '#server/auth/gate';
import { emailHashWith } from '#server/contact/channels/email';
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
      ctx.read((d, work) =>
        readRecord(d, work, { scope: scopeOf(ctx.actor, input.patientId), emailHash: emailHashWith(ctx.app.env) }),
      ),
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

  /** The address of one download of the whole record, after the password again. */
  export: procedure('record.export')
    .input(z.object({ ...withReason.shape, password: passwordAgainSchema }))
    .mutation(async ({ ctx, input: { patientId, password, reason } }) => {
      await requireRecord(ctx.app, scopeOf(ctx.actor, patientId));
      const asks = { userId: ctx.actor.userId, sessionId: ctx.actor.sessionId, password, nowMs: ctx.clock() };
      // biome-ignore lint/correctness/useYield: the scope is known here; a body is a generator by its type
      const find = function* () {
        return scopeOf(ctx.actor, patientId);
      };
      return await prepareExport(ctx.app, ctx.write, asks, { reader: 'clinic', reason, find });
    }),

  /** Puts the record away, or deletes it where its keeping term is over; after the password and the person's name. */
  erase: procedure('record.erase')
    .input(eraseSchema)
    .mutation(({ ctx, input: { patientId, ...input } }) =>
      eraseOrLock(ctx.app, ctx.write, {
        scope: scopeOf(ctx.actor, patientId),
        by: ctx.actor.userId,
        ...input,
        nowMs: ctx.clock(),
      }),
    ),

  askToOpen: procedure('record.erase')
    .input(withReason)
    .mutation(({ ctx, input: { patientId, reason } }) =>
      ctx.write((d, work) =>
        askToOpen(d, work, { scope: scopeOf(ctx.actor, patientId), reason, by: ctx.actor.userId }),
      ),
    ),

  /** By another admin than the one who asked. */
  open: procedure('record.erase')
    .input(byPatient)
    .mutation(({ ctx, input: { patientId } }) =>
      ctx.write((d, work) => openRecord(d, work, { scope: scopeOf(ctx.actor, patientId), by: ctx.actor.userId })),
    ),

  liftHold: procedure('record.hold')
    .input(withReason)
    .mutation(({ ctx, input: { patientId, reason } }) =>
      ctx.write((d, work) =>
        liftRecordHold(d, work, { scope: scopeOf(ctx.actor, patientId), reason, by: ctx.actor.userId }),
      ),
    ),
});
