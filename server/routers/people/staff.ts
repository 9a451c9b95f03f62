import 'server-only';
import { listOpenStaffInvites } from '#db/queries/people/invites';
import { listStaff } from '#db/queries/people/staff';
import { endMembershipSchema, endStaffSchema, inviteStaffSchema, withdrawInviteSchema } from '#domain/people/account';
import { makeLink } from '#server/acts/people/invite-link';
import { endStaff, inviteStaff, readTreated, withdrawStaffInvite } from '#server/acts/people/staff';
import { procedure, router } from '#server/routers/trpc';

export const staffRouter = router({
  list: procedure('staff.read').query(({ ctx }) => ctx.read((d) => listStaff(d, { clinicId: ctx.actor.clinicId }))),

  invites: procedure('staff.invite').query(({ ctx }) =>
    ctx.read((d, work) => listOpenStaffInvites(d, { clinicId: ctx.actor.clinicId, nowMs: work.nowMs })),
  ),

  invite: procedure('staff.invite')
    .input(inviteStaffSchema)
    .mutation(({ ctx, input }) => {
      const { clinicId, userId } = ctx.actor;
      return makeLink(ctx.app, ctx.write, (d, work, tokenHash) =>
        inviteStaff(d, work, { ...input, clinicId, createdBy: userId, tokenHash }),
      );
    }),

  withdrawInvite: procedure('staff.invite')
    .input(withdrawInviteSchema)
    .mutation(({ ctx, input: { inviteId } }) =>
      ctx.write((d, work) => withdrawStaffInvite(d, work, { clinicId: ctx.actor.clinicId, inviteId })),
    ),

  end: procedure('staff.end')
    .input(endStaffSchema)
    .mutation(({ ctx, input: { membershipId, successorId = null } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => endStaff(d, work, { clinicId, membershipId, successorId, endedBy: userId }));
    }),

  patientsOf: procedure('staff.end')
    .input(endMembershipSchema)
    .query(({ ctx, input: { membershipId } }) =>
      ctx.read((d) => readTreated(d, { clinicId: ctx.actor.clinicId, membershipId })),
    ),
});
