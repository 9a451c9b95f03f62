import 'server-only';
import { z } from 'zod';
import { requireOwnRecord } from '#server/acts/people/access';
import { readDayPack } from '#server/acts/practice/day-pack';
import { procedure, router } from '#server/routers/trpc';

export const practiceRouter = router({
  dayPack: procedure('program.read')
    .input(z.object({ revision: z.string().max(64).nullable() }))
    .query(({ ctx, input: { revision } }) =>
      ctx.read(function* (d, work) {
        const { userId, locale } = ctx.actor;
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* readDayPack(d, work, { scope, userId, locale, revision });
      }),
    ),
});
