import 'server-only';
import { z } from 'zod';
import { listWithoutTeam } from '#db/queries/people/care-team';
import { idSchema } from '#domain/input/fields';
import { recordsQuerySchema } from '#domain/people/keeping-records';
import {
  addPatientSchema,
  careTeamPartSchema,
  changeConsentSchema,
  editEpisodeSchema,
  editPatientSchema,
  joinCareTeamSchema,
} from '#domain/people/patient';
import { requireOwnRecord } from '#server/acts/people/access';
import { addToCareTeam, giveTeam, joinCareTeam, removeFromCareTeam } from '#server/acts/people/care-team';
import { changeConsents, readConsentNeeded, readConsents } from '#server/acts/people/consents';
import { makeLink } from '#server/acts/people/invite-link';
import { invitePatient, withdrawPatientInvite } from '#server/acts/people/patient-invites';
import { addPatient, editEpisode, editPatient, readNames, readPatient } from '#server/acts/people/patients';
import { endLogin, giveLoginBack } from '#server/acts/people/records';
import { procedure, router } from '#server/routers/trpc';

/** More than an admin works off at once; the next ones come when these are given. */
const WITHOUT_TEAM_MAX = 100;

const byPatient = z.object({ patientId: idSchema });

/** Names of patients in pages, without anything clinical. */
const namesOf = (whose: 'own' | 'others') =>
  procedure('patient.list')
    .input(recordsQuerySchema)
    .query(({ ctx, input: query }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readNames(d, work, { clinicId, userId, whose, query }));
    });

export const patientsRouter = router({
  get: procedure('patient.read')
    .input(byPatient)
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope, relations } = yield* work.patient(input.patientId);
        return yield* readPatient(d, work, { scope, userId: ctx.actor.userId, relations });
      }),
    ),

  add: procedure('patient.add')
    .input(addPatientSchema)
    .mutation(({ ctx, input }) => {
      const { clinicId, membershipId } = ctx.actor;
      return ctx.write((d, work) => addPatient(d, work, { clinicId, leadMembershipId: membershipId, added: input }));
    }),

  edit: procedure('patient.edit')
    .input(editPatientSchema)
    .mutation(({ ctx, input: { patientId, ...change } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* editPatient(d, work, { scope, change });
      }),
    ),

  editEpisode: procedure('patient.edit')
    .input(editEpisodeSchema)
    .mutation(({ ctx, input: { patientId, ...edited } }) =>
      ctx.write(function* (d, work) {
        const standing = yield* work.patient(patientId);
        return yield* editEpisode(d, work, { standing, edited, editedBy: ctx.actor.userId });
      }),
    ),

  /** A link and QR code that give the record its login. */
  invite: procedure('patient.invite')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      makeLink(ctx.app, ctx.write, function* (d, work, tokenHash) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* invitePatient(d, work, { scope, createdBy: ctx.actor.userId, tokenHash });
      }),
    ),

  withdrawInvite: procedure('patient.invite')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* withdrawPatientInvite(d, work, { scope });
      }),
    ),

  endLogin: procedure('patient.end_login')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* endLogin(d, work, { scope });
      }),
    ),

  giveLoginBack: procedure('patient.end_login')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(input.patientId);
        return yield* giveLoginBack(d, work, { scope });
      }),
    ),

  /** One's own. */
  mine: namesOf('own'),

  /** Those of colleagues, for who covers for one. */
  roster: namesOf('others'),

  joinCareTeam: procedure('patient.join_care_team')
    .input(joinCareTeamSchema)
    .mutation(({ ctx, input }) => {
      const { clinicId, membershipId } = ctx.actor;
      return ctx.write((d, work) => joinCareTeam(d, work, { clinicId, membershipId, ...input }));
    }),

  /** Whom nobody treats for good. */
  withoutTeam: procedure('care_team.assign').query(({ ctx }) =>
    ctx.read((d) => listWithoutTeam(d, { clinicId: ctx.actor.clinicId, limit: WITHOUT_TEAM_MAX })),
  ),

  giveTeam: procedure('care_team.assign')
    .input(z.object({ patientId: idSchema, membershipId: idSchema }))
    .mutation(({ ctx, input: { patientId, membershipId } }) => {
      const scope = { clinicId: ctx.actor.clinicId, patientId };
      return ctx.write((d, work) => giveTeam(d, work, { scope, membershipId }));
    }),

  addToCareTeam: procedure('care_team.change')
    .input(z.object({ patientId: idSchema, membershipId: idSchema, part: careTeamPartSchema }))
    .mutation(({ ctx, input: { patientId, ...member } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* addToCareTeam(d, work, { scope, ...member });
      }),
    ),

  endCareTeam: procedure('care_team.change')
    .input(z.object({ patientId: idSchema, careTeamId: idSchema }))
    .mutation(({ ctx, input: { patientId, careTeamId } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* removeFromCareTeam(d, work, { scope, careTeamId });
      }),
    ),

  /** The patient's own consents. */
  myConsents: procedure('consent.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { scope } = yield* requireOwnRecord(work, ctx.actor);
      return yield* readConsents(d, { scope });
    }),
  ),

  consentNeeded: procedure('consent.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { scope } = yield* requireOwnRecord(work, ctx.actor);
      return yield* readConsentNeeded(d, { scope });
    }),
  ),

  changeConsent: procedure('consent.change')
    .input(changeConsentSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* changeConsents(d, work, { scope, ...input, givenBy: ctx.actor.userId });
      }),
    ),
});
