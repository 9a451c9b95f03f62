import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertInvite, listOpenStaffInvites, revokePasswordLinks, revokeStaffInvite } from '#db/queries/people/invites';
import { revokeSessions } from '#db/queries/people/sessions';
import { endMembership, findMembership, listStaff } from '#db/queries/people/staff';
import { Failure, notFound } from '#domain/input/failure';
import { endMembershipSchema, INVITE_DAYS, inviteStaffSchema, withdrawInviteSchema } from '#domain/people/account';
import { DAY_MS } from '#domain/time/duration';
import { inviteAddress } from '#server/acts/people/invite-link';
import { hashToken, newToken } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';

export const staffRouter = router({
  list: procedure('staff.read').query(({ ctx }) => ctx.read((d) => listStaff(d, { clinicId: ctx.actor.clinicId }))),

  invites: procedure('staff.invite').query(({ ctx }) =>
    ctx.read((d, act) => listOpenStaffInvites(d, { clinicId: ctx.actor.clinicId, nowMs: act.nowMs })),
  ),

  /** Makes a link that works once and expires. Its secret is in the answer and nowhere else. */
  invite: procedure('staff.invite')
    .input(inviteStaffSchema)
    .mutation(async ({ ctx, input }) => {
      const token = newToken();
      const invite = await ctx.write(function* (d, act) {
        const id = uuidv7();
        const expiresAt = act.nowMs + INVITE_DAYS * DAY_MS;
        yield* insertInvite(d, {
          id,
          clinicId: ctx.actor.clinicId,
          tokenHash: hashToken(token),
          kind: 'staff',
          ...input,
          createdBy: ctx.actor.userId,
          createdAt: act.nowMs,
          expiresAt,
        });
        act.about(id);
        return { expiresAt };
      });
      return { ...invite, ...(await inviteAddress(ctx.app, token)) };
    }),

  /** Takes an invite back before it is used: its link stops working at once. */
  withdrawInvite: procedure('staff.invite')
    .input(withdrawInviteSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId } = ctx.actor;
        if (!(yield* revokeStaffInvite(d, { clinicId, inviteId: input.inviteId, nowMs: act.nowMs }))) throw notFound();
        act.about(input.inviteId);
        return { withdrawn: true };
      }),
    ),

  /** Ends a membership at once: every login of that person is signed out. */
  end: procedure('staff.end')
    .input(endMembershipSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId } = ctx.actor;
        const membership = yield* findMembership(d, { clinicId, membershipId: input.membershipId });
        if (!membership) throw notFound();
        if (membership.userId === ctx.actor.userId && membership.role === 'admin')
          throw new Failure('CONFLICT', 'last_admin');
        yield* endMembership(d, { clinicId, membershipId: membership.id, nowMs: act.nowMs });
        yield* revokeSessions(d, { userId: membership.userId, exceptId: null, nowMs: act.nowMs });
        yield* revokePasswordLinks(d, { userId: membership.userId, nowMs: act.nowMs });
        act.about(membership.id);
        act.tell('session', membership.userId, { userId: membership.userId });
        return { ended: true };
      }),
    ),
});
