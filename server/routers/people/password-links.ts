import 'server-only';
import { z } from 'zod';
import { consumeInvite, findOpenInvite, revokePasswordLinks } from '#db/queries/people/invites';
import { findPatient, listPatientLogins } from '#db/queries/people/patients';
import { clearAttempts, countAttempt } from '#db/queries/people/rate-limits';
import { revokeSessions } from '#db/queries/people/sessions';
import { findMembership } from '#db/queries/people/staff';
import { findUser, setPasswordHash } from '#db/queries/people/users';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { endMembershipSchema, newPasswordByLinkSchema } from '#domain/people/account';
import { HOUR_MS } from '#domain/time/duration';
import { inviteAddress } from '#server/acts/people/invite-link';
import { limitPasswordLinks, makePasswordLink, requireOwnAccount } from '#server/acts/people/password-links';
import { hashToken, newToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { signInKey } from '#server/auth/sign-in';
import { openProcedure, procedure, router } from '#server/routers/trpc';

const TRIES_PER_LINK = 20;
const byPatient = z.object({ patientId: idSchema });

export const passwordLinksRouter = router({
  /** The clinic's patients who have a login, for an admin who helps one back in. */
  patients: procedure('clinic.make_password_link').query(({ ctx }) =>
    ctx.read((d) => listPatientLogins(d, { clinicId: ctx.actor.clinicId })),
  ),

  /** For somebody who works in the admin's clinic. */
  ofStaff: procedure('clinic.make_password_link')
    .input(endMembershipSchema)
    .mutation(async ({ ctx, input }) => {
      const { clinicId, userId: createdBy } = ctx.actor;
      await limitPasswordLinks(ctx.app, createdBy, ctx.clock());
      const token = newToken();
      const made = await ctx.write(function* (d, act) {
        const membership = yield* findMembership(d, { clinicId, membershipId: input.membershipId });
        if (!membership) throw notFound();
        act.about(membership.userId);
        const { userId } = membership;
        const link = { clinicId, userId, createdBy, tokenHash: hashToken(token), nowMs: act.nowMs };
        return yield* makePasswordLink(d, { ...link, by: 'admin' });
      });
      return { ...made, ...(await inviteAddress(ctx.app, token)) };
    }),

  /** For a patient of the admin's clinic. */
  ofAnyPatient: procedure('clinic.make_password_link')
    .input(byPatient)
    .mutation(async ({ ctx, input }) => {
      const { clinicId, userId: createdBy } = ctx.actor;
      await limitPasswordLinks(ctx.app, createdBy, ctx.clock());
      const token = newToken();
      const made = await ctx.write(function* (d, act) {
        const patient = yield* findPatient(d, { clinicId, patientId: input.patientId });
        if (!patient?.userId) throw notFound();
        act.about(patient.userId);
        const link = { clinicId, userId: patient.userId, createdBy, tokenHash: hashToken(token), nowMs: act.nowMs };
        return yield* makePasswordLink(d, { ...link, by: 'admin' });
      });
      return { ...made, ...(await inviteAddress(ctx.app, token)) };
    }),

  /** For a patient whose care team the clinician is on. */
  ofPatient: procedure('patient.make_password_link')
    .input(byPatient)
    .mutation(async ({ ctx, input }) => {
      const { userId: createdBy } = ctx.actor;
      await limitPasswordLinks(ctx.app, createdBy, ctx.clock());
      const token = newToken();
      const made = await ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const patient = yield* findPatient(d, scope);
        if (!patient?.userId) throw notFound();
        act.about(patient.userId);
        const { clinicId } = scope;
        const link = { clinicId, userId: patient.userId, createdBy, tokenHash: hashToken(token), nowMs: act.nowMs };
        return yield* makePasswordLink(d, { ...link, by: 'clinician' });
      });
      return { ...made, ...(await inviteAddress(ctx.app, token)) };
    }),

  /** Uses a link up: the account has the new password, and every login of it ends. */
  use: openProcedure('invite.new_password')
    .input(newPasswordByLinkSchema)
    .mutation(async ({ ctx, input }) => {
      const tokenHash = hashToken(input.token);
      const nowMs = ctx.clock();
      const key = `invite:${tokenHash}`;
      const tries = await ctx.app.database.write((d) => countAttempt(d, { key, windowMs: HOUR_MS, nowMs }));
      if (tries > TRIES_PER_LINK) throw new Failure('TOO_MANY_REQUESTS', 'too_many');
      // Only a link that works is worth the work of a hash.
      if (!(await ctx.app.database.read((d) => findOpenInvite(d, { tokenHash, nowMs }))))
        throw new Failure('NOT_FOUND', 'invite_gone');
      const passwordHash = await hashPassword(input.password);
      return await ctx.write(function* (d, act) {
        const open = yield* findOpenInvite(d, { tokenHash, nowMs: act.nowMs });
        const userId = open?.invite.kind === 'password' ? open.invite.userId : null;
        const user = userId ? yield* findUser(d, { userId }) : undefined;
        if (!open || !user?.email || user.disabledAt !== null) throw new Failure('NOT_FOUND', 'invite_gone');
        const { clinicId, createdBy } = open.invite;
        // The account may have come to another clinic since the link was made.
        if (createdBy !== null) yield* requireOwnAccount(d, { clinicId, userId: user.id, by: 'admin' });
        if (!(yield* consumeInvite(d, { tokenHash, userId: user.id, nowMs: act.nowMs })))
          throw new Failure('NOT_FOUND', 'invite_gone');
        yield* setPasswordHash(d, { userId: user.id, passwordHash });
        yield* revokePasswordLinks(d, { userId: user.id, nowMs: act.nowMs });
        yield* revokeSessions(d, { userId: user.id, exceptId: null, nowMs: act.nowMs });
        yield* clearAttempts(d, { key: signInKey(user.email) });
        act.inClinic(clinicId);
        act.about(user.id);
        act.tell('session', user.id, { userId: user.id });
        return { email: user.email };
      });
    }),
});
