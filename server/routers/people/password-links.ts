import 'server-only';
import { z } from 'zod';
import { listPatientLogins } from '#db/queries/people/patients';
import { idSchema } from '#domain/input/fields';
import { endMembershipSchema, newPasswordByLinkSchema } from '#domain/people/account';
import { pageByName } from '#domain/people/by-name';
import { recordsQuerySchema } from '#domain/people/keeping-records';
import { setPasswordByLink } from '#server/acts/people/new-password';
import { linkForPatient, linkForStaff, makePasswordLink } from '#server/acts/people/password-links';
import type { Actor } from '#server/auth/gate';
import { openProcedure, procedure, router } from '#server/routers/trpc';

/** Of one page, by name; the last one is the cursor of the next. */
const LOGINS = 100;

const byPatient = z.object({ patientId: idSchema });
const maker = (ctx: { actor: Actor; clock: () => number }) => ({ makerId: ctx.actor.userId, nowMs: ctx.clock() });

export const passwordLinksRouter = router({
  /** The clinic's patients who have a login, for an admin who helps one back in. */
  patients: procedure('clinic.make_password_link')
    .input(z.optional(recordsQuerySchema))
    .query(({ ctx, input: { search, cursor = null } = { search: '' } }) =>
      ctx.read(function* (d) {
        const logins = yield* listPatientLogins(d, { clinicId: ctx.actor.clinicId });
        const { page } = pageByName(logins, { search, after: cursor, limit: LOGINS });
        return page.map(({ id: patientId, name, email }) => ({ patientId, name, email }));
      }),
    ),

  ofStaff: procedure('clinic.make_password_link')
    .input(endMembershipSchema)
    .mutation(({ ctx, input: { membershipId } }) => {
      const { clinicId, userId: createdBy } = ctx.actor;
      return makePasswordLink(ctx.app, ctx.write, maker(ctx), (d, work, tokenHash) =>
        linkForStaff(d, work, { clinicId, membershipId, createdBy, tokenHash }),
      );
    }),

  /** For a patient of the admin's clinic. */
  ofAnyPatient: procedure('clinic.make_password_link')
    .input(byPatient)
    .mutation(({ ctx, input: { patientId } }) => {
      const { clinicId, userId: createdBy } = ctx.actor;
      return makePasswordLink(ctx.app, ctx.write, maker(ctx), (d, work, tokenHash) =>
        linkForPatient(d, work, { clinicId, patientId, createdBy, tokenHash, by: 'admin' }),
      );
    }),

  /** For a patient whose care team the clinician is on. */
  ofPatient: procedure('patient.make_password_link')
    .input(byPatient)
    .mutation(({ ctx, input: { patientId } }) => {
      const { userId: createdBy } = ctx.actor;
      return makePasswordLink(ctx.app, ctx.write, maker(ctx), function* (d, work, tokenHash) {
        const { scope } = yield* work.patient(patientId);
        return yield* linkForPatient(d, work, { ...scope, createdBy, tokenHash, by: 'clinician' });
      });
    }),

  use: openProcedure('invite.new_password')
    .input(newPasswordByLinkSchema)
    .mutation(({ ctx, input }) => {
      const { network } = ctx;
      return setPasswordByLink(ctx.app, ctx.write, { chosen: input, network, nowMs: ctx.clock() });
    }),
});
