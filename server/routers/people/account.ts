import 'server-only';
import { countAttempt } from '#db/queries/people/rate-limits';
import { listSessions, revokeSessions } from '#db/queries/people/sessions';
import { findUser, setPasswordHash } from '#db/queries/people/users';
import { Failure } from '#domain/input/failure';
import { changePasswordSchema } from '#domain/people/account';
import { isSessionAlive } from '#domain/people/session-policy';
import { HOUR_MS } from '#domain/time/duration';
import { hashPassword, verifyPassword } from '#server/auth/password';
import { procedure, router } from '#server/routers/trpc';
import { sha256 } from '#server/runtime/operations';

const CHANGES_PER_HOUR = 10;

export const accountRouter = router({
  me: procedure('account.read').query(({ ctx }) => {
    const { userId, name, email, locale, roles, disciplines, patientId } = ctx.actor;
    return { userId, name, email, locale, roles, disciplines, patientId };
  }),

  /** Logins that still open the account, this one first, then the last seen. */
  sessions: procedure('account.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { userId, sessionId } = ctx.actor;
      const rows = yield* listSessions(d, { userId, nowMs: act.nowMs });
      return rows
        .filter((row) => isSessionAlive(row, act.nowMs))
        .map(({ id, kind, createdAt, lastSeenAt, deviceLabel }) => ({
          id,
          kind,
          createdAt,
          lastSeenAt,
          deviceLabel,
          current: id === sessionId,
        }))
        .sort((one, other) => Number(other.current) - Number(one.current));
    }),
  ),

  /** Sign out everywhere, this device included. */
  endSessions: procedure('account.end_sessions').mutation(({ ctx }) =>
    ctx.write(function* (d, act) {
      const { userId } = ctx.actor;
      act.tell('session', userId, { userId });
      return { ended: yield* revokeSessions(d, { userId, exceptId: null, nowMs: act.nowMs }) };
    }),
  ),

  /** The old password is asked again; other devices are signed out. */
  changePassword: procedure('account.change_password')
    .input(changePasswordSchema)
    .mutation(async ({ ctx, input }) => {
      const { userId, sessionId } = ctx.actor;
      const key = sha256(`change-password:${userId}`);
      const nowMs = ctx.clock();
      const attempts = await ctx.app.database.write((d) => countAttempt(d, { key, windowMs: HOUR_MS, nowMs }));
      if (attempts > CHANGES_PER_HOUR) throw new Failure('TOO_MANY_REQUESTS', 'too_many');
      const user = await ctx.app.database.read((d) => findUser(d, { userId }));
      if (!(await verifyPassword(user?.passwordHash, input.currentPassword)))
        throw new Failure('FORBIDDEN', 'wrong_password');
      const passwordHash = await hashPassword(input.newPassword);
      await ctx.write(function* (d, act) {
        yield* setPasswordHash(d, { userId, passwordHash });
        yield* revokeSessions(d, { userId, exceptId: sessionId, nowMs: act.nowMs });
        act.tell('session', userId, { userId });
      });
      return { changed: true };
    }),
});
