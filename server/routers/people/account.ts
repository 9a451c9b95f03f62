import 'server-only';
import { changePasswordSchema } from '#domain/people/account';
import { needsUse } from '#domain/people/session-policy';
import { changePassword, endSessions, readSessions } from '#server/acts/people/account';
import { procedure, router } from '#server/routers/trpc';

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

  sessions: procedure('account.read').query(({ ctx }) => ctx.read((d, work) => readSessions(d, work, ctx.actor))),

  endSessions: procedure('account.end_sessions').mutation(({ ctx }) =>
    ctx.write((d, work) => endSessions(d, work, ctx.actor)),
  ),

  changePassword: procedure('account.change_password')
    .input(changePasswordSchema)
    .mutation(({ ctx, input }) => {
      const { userId, sessionId } = ctx.actor;
      return changePassword(ctx.app, ctx.write, { userId, sessionId, change: input, nowMs: ctx.clock() });
    }),
});
