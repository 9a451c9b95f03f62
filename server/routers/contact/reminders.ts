import 'server-only';
import { notTodaySchema, reminderChoicesSchema } from '#domain/contact/reminders';
import { chooseReminders, readReminders, sayNotToday } from '#server/acts/contact/reminders';
import { requireOwnRecord } from '#server/acts/people/access';
import { procedure, router } from '#server/routers/trpc';

export const remindersRouter = router({
  /** When the patient wishes to be reminded of practice. */
  own: procedure('reminder.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { scope } = yield* requireOwnRecord(work, ctx.actor);
      return yield* readReminders(d, work, scope);
    }),
  ),

  choose: procedure('reminder.choose')
    .input(reminderChoicesSchema)
    .mutation(({ ctx, input: choices }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* chooseReminders(d, work, { scope, choices });
      }),
    ),

  /** No more reminders of practice or a clip on this day of the patient's. */
  notToday: procedure('reminder.choose')
    .input(notTodaySchema)
    .mutation(({ ctx, input: { day } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* sayNotToday(d, work, { scope, userId: ctx.actor.userId, day });
      }),
    ),
});
