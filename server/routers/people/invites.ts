import 'server-only';
import { acceptInviteSchema, readInviteSchema } from '#domain/people/account';
import { acceptInviteByLink, readInvite } from '#server/acts/people/invites';
import { openProcedure, router } from '#server/routers/trpc';

export const invitesRouter = router({
  show: openProcedure('invite.read')
    .input(readInviteSchema)
    .query(({ ctx, input }) => ctx.read((d, work) => readInvite(d, work, input))),

  accept: openProcedure('invite.accept')
    .input(acceptInviteSchema)
    .mutation(({ ctx, input }) => {
      const { network } = ctx;
      return acceptInviteByLink(ctx.app, ctx.write, { accepted: input, network, nowMs: ctx.clock() });
    }),
});
