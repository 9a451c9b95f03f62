import 'server-only';
import { tracked } from '@trpc/server';
import { listenAs } from '#server/runtime/listen';
import { asRefusal, procedure, router } from './trpc';

export const liveRouter = router({
  /** The server's clock, so that two browsers can mean the same instant. */
  clock: procedure('live.subscribe').query(({ ctx }) => ({ nowMs: ctx.clock() })),

  /** Only an invitation to read again: never a source of truth. */
  events: procedure('live.subscribe').subscription(async function* ({ ctx: { app, actor, clock }, signal }) {
    let sent = 0;
    try {
      for await (const event of listenAs({ app, actor, clock, signal })) yield tracked(String(sent++), event);
    } catch (error) {
      throw asRefusal(error);
    }
  }),
});
