import 'server-only';
import { tracked } from '@trpc/server';
import type { ToldEvent } from '#domain/input/live-event';
import { ALL, listenAs } from '#server/runtime/listen';
import { QUERIES_OF } from './concerned';
import { asRefusal, procedure, router } from './trpc';

export const liveRouter = router({
  /** The server's clock, so that two browsers can mean the same instant. */
  clock: procedure('live.subscribe').query(({ ctx }) => ({ nowMs: ctx.clock() })),

  /** Only an invitation to read again: never a source of truth. */
  events: procedure('live.subscribe').subscription(async function* ({ ctx: { app, actor, clock }, signal }) {
    let sent = 0;
    try {
      for await (const event of listenAs({ app, actor, clock, signal })) {
        const told: ToldEvent = { ...event, queries: event === ALL ? null : QUERIES_OF[event.topic] };
        yield tracked(String(sent++), told);
      }
    } catch (error) {
      throw asRefusal(error);
    }
  }),
});
