import 'server-only';
import { z } from 'zod';
import { findUser, setForceUnit } from '#db/queries/people/users';
import {
  askEmailSchema,
  changePasswordSchema,
  chooseForceUnitSchema,
  confirmEmailSchema,
} from '#domain/people/account';
import { passwordAgainSchema } from '#domain/people/keeping-records';
import { needsUse } from '#domain/people/session-policy';
import { requireOwnRecord } from '#server/acts/people/access';
import { changePassword, endSessions, readPasswordLinks, readSessions } from '#server/acts/people/account';
import { askForEmail, confirmEmail } from '#server/acts/people/change-email';
import { prepareExport } from '#server/acts/people/export';
import { openProcedure, procedure, router } from '#server/routers/trpc';

export const accountRouter = router({
  me: procedure('account.read').query(({ ctx }) => {
    const { userId, name, email, locale, roles, disciplines, patientId } = ctx.actor;
    return { userId, name, email, locale, roles, disciplines, patientId };
  }),

  /** How long the login lasts without use. What the page says with it of use counts, the question itself does not. */
  idle: procedure('account.read').query(({ ctx: { actor } }) => ({
    userId: actor.userId,
    endsInMs: needsUse(actor.sessionKind) ? actor.idleEndsInMs : null,
  })),

  /** In which unit the account reads strength. */
  units: procedure('account.read').query(({ ctx }) =>
    ctx.read(function* (d) {
      return { force: (yield* findUser(d, { userId: ctx.actor.userId }))?.forceUnit ?? null };
    }),
  ),

  chooseForceUnit: procedure('account.choose_units')
    .input(chooseForceUnitSchema)
    .mutation(({ ctx, input: { unit } }) =>
      ctx.write(function* (d, work) {
        yield* setForceUnit(d, { userId: ctx.actor.userId, unit });
        work.about(ctx.actor.userId);
        return { chosen: true as const };
      }),
    ),

  sessions: procedure('account.read').query(({ ctx }) => ctx.read((d, work) => readSessions(d, work, ctx.actor))),

  /** Links that the clinic made for a new password of this account, the newest first. */
  passwordLinks: procedure('account.read').query(({ ctx }) =>
    ctx.read((d, work) => readPasswordLinks(d, work, ctx.actor)),
  ),

  endSessions: procedure('account.end_sessions').mutation(({ ctx }) =>
    ctx.write((d, work) => endSessions(d, work, ctx.actor)),
  ),

  changePassword: procedure('account.change_password')
    .input(changePasswordSchema)
    .mutation(({ ctx, input }) => {
      const { userId, sessionId } = ctx.actor;
      return changePassword(ctx.app, ctx.write, { userId, sessionId, change: input, nowMs: ctx.clock() });
    }),

  /** Another address: a link goes there, and nothing changes before it is used. */
  askEmail: procedure('account.change_email')
    .input(askEmailSchema)
    .mutation(({ ctx, input: asked }) => {
      const { clinicId, userId } = ctx.actor;
      return askForEmail(ctx.app, ctx.write, { clinicId, userId, asked, nowMs: ctx.clock() });
    }),

  confirmEmail: openProcedure('invite.confirm_email')
    .input(confirmEmailSchema)
    .mutation(({ ctx, input: { token } }) =>
      confirmEmail(ctx.app, ctx.write, { token, network: ctx.network, nowMs: ctx.clock() }),
    ),

  /** The patient's own record as a file: the address of one download, after the password again. */
  exportOwn: procedure('patient.export_own')
    .input(z.object({ password: passwordAgainSchema }))
    .mutation(async ({ ctx, input: { password } }) => {
      const { userId, sessionId } = ctx.actor;
      // Who has no record is told so before a password is asked.
      await ctx.read((_, work) => requireOwnRecord(work, ctx.actor));
      return await prepareExport(
        ctx.app,
        ctx.write,
        { userId, sessionId, password, nowMs: ctx.clock() },
        {
          reader: 'patient',
          find: function* (_, work) {
            return (yield* requireOwnRecord(work, ctx.actor)).scope;
          },
        },
      );
    }),
});
