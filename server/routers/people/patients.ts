import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findClinic } from '#db/queries/clinic/clinics';
import { listReachablePatientIds } from '#db/queries/people/access';
import { endCareTeam, insertCareTeam, listCareTeam } from '#db/queries/people/care-team';
import { findOpenPatientInvite, insertInvite, revokePatientInvites } from '#db/queries/people/invites';
import {
  findPatient,
  insertConsent,
  insertEpisode,
  insertPatient,
  listClinicRoster,
  listConsents,
  listEpisodes,
  revokeConsent,
  updateEpisode,
  updatePatient,
} from '#db/queries/people/patients';
import { findMembership } from '#db/queries/people/staff';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { INVITE_DAYS } from '#domain/people/account';
import {
  addPatientSchema,
  CONSENT_TEXT_VERSION,
  careTeamPartSchema,
  changeConsentSchema,
  editEpisodeSchema,
  editPatientSchema,
  FIRST_USE_CONSENTS,
} from '#domain/people/patient';
import { DAY_MS } from '#domain/time/duration';
import { inviteAddress } from '#server/acts/people/invite-link';
import { hashToken, newToken } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';

const byPatient = z.object({ patientId: idSchema });

export const patientsRouter = router({
  /** The person, their hand problem and their care team: what stands at the top of a record. */
  get: procedure('patient.read')
    .input(byPatient)
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const patient = yield* findPatient(d, scope);
        if (!patient) throw notFound();
        return {
          patient: { ...patient, joined: patient.userId !== null },
          episodes: yield* listEpisodes(d, scope),
          careTeam: yield* listCareTeam(d, { ...scope, nowMs: act.nowMs }),
          consents: yield* listConsents(d, scope),
          invite: (yield* findOpenPatientInvite(d, { ...scope, nowMs: act.nowMs })) ?? null,
        };
      }),
    ),

  /** Adds a person with their first episode; who adds leads the care team. */
  add: procedure('patient.add')
    .input(addPatientSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, membershipId } = ctx.actor;
        const clinic = yield* findClinic(d, { clinicId });
        if (!membershipId || !clinic) throw new Failure('FORBIDDEN', 'not_allowed');
        const patientId = uuidv7();
        const { condition, side, injuryOn, surgeryOn, precautions, ...person } = input;
        yield* insertPatient(d, { id: patientId, clinicId, ...person, locale: clinic.locale, createdAt: act.nowMs });
        yield* insertEpisode(d, {
          id: uuidv7(),
          clinicId,
          patientId,
          title: condition,
          side,
          conditionText: condition,
          injuryOn,
          surgeryOn,
          precautionsText: precautions,
          leadMembershipId: membershipId,
          createdAt: act.nowMs,
        });
        yield* insertCareTeam(d, { id: uuidv7(), clinicId, patientId, membershipId, part: 'lead', fromAt: act.nowMs });
        act.about(patientId);
        act.tell('patient', patientId, { patientId });
        return { patientId };
      }),
    ),

  edit: procedure('patient.edit')
    .input(editPatientSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { patientId, ...change } = input;
        const { scope } = yield* act.patient(patientId);
        yield* updatePatient(d, scope, change);
        act.tell('patient', patientId, { patientId });
        return { edited: true };
      }),
    ),

  /** Corrects what is on record of a hand problem. Versions that are published stay as they are. */
  editEpisode: procedure('patient.edit')
    .input(editEpisodeSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { patientId, episodeId, condition, side, injuryOn, surgeryOn, precautions } = input;
        const { scope } = yield* act.patient(patientId);
        const change = { title: condition, conditionText: condition, side, injuryOn, surgeryOn };
        const edited = yield* updateEpisode(d, { ...scope, episodeId }, { ...change, precautionsText: precautions });
        if (!edited) throw notFound();
        act.about(episodeId);
        act.tell('patient', patientId, { patientId });
        return { edited };
      }),
    ),

  /** A link and QR code that give the record its login, once. An earlier link stops working. */
  invite: procedure('patient.invite')
    .input(byPatient)
    .mutation(async ({ ctx, input }) => {
      const token = newToken();
      const invite = await ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const patient = yield* findPatient(d, scope);
        if (!patient) throw notFound();
        if (patient.userId !== null) throw new Failure('CONFLICT', 'already_joined');
        yield* revokePatientInvites(d, { ...scope, nowMs: act.nowMs });
        const expiresAt = act.nowMs + INVITE_DAYS * DAY_MS;
        const id = uuidv7();
        yield* insertInvite(d, {
          id,
          clinicId: scope.clinicId,
          tokenHash: hashToken(token),
          kind: 'patient',
          name: patient.name,
          patientId: scope.patientId,
          createdBy: ctx.actor.userId,
          createdAt: act.nowMs,
          expiresAt,
        });
        act.about(id);
        return { expiresAt };
      });
      return { ...invite, ...(await inviteAddress(ctx.app, token)) };
    }),

  /** Takes the open invite back before it is used: its link stops working at once. */
  withdrawInvite: procedure('patient.invite')
    .input(byPatient)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const withdrawn = yield* revokePatientInvites(d, { ...scope, nowMs: act.nowMs });
        act.tell('patient', scope.patientId, { patientId: scope.patientId });
        return { withdrawn: withdrawn > 0 };
      }),
    ),

  /** The patients whose care team the actor is on. */
  mine: procedure('patient.list').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { clinicId, userId } = ctx.actor;
      const reachable = new Set(yield* listReachablePatientIds(d, { clinicId, userId, nowMs: act.nowMs }));
      const rows = yield* listClinicRoster(d, { clinicId });
      return rows.filter((row) => reachable.has(row.id)).map(({ id, name }) => ({ id, name }));
    }),
  ),

  /** Names of the clinic's patients, for a clinician who covers for a colleague. No clinical content. */
  roster: procedure('patient.list').query(({ ctx }) =>
    ctx.read(function* (d) {
      const rows = yield* listClinicRoster(d, { clinicId: ctx.actor.clinicId });
      return rows.map(({ id, name }) => ({ id, name }));
    }),
  ),

  /** Joins the care team oneself, which the audit trail shows. */
  joinCareTeam: procedure('patient.join_care_team')
    .input(z.object({ patientId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, membershipId } = ctx.actor;
        const patient = yield* findPatient(d, { clinicId, patientId: input.patientId });
        if (!patient || !membershipId) throw notFound();
        yield* insertCareTeam(d, {
          id: uuidv7(),
          clinicId,
          patientId: patient.id,
          membershipId,
          part: 'member',
          fromAt: act.nowMs,
        });
        act.about(patient.id);
        act.tell('patient', patient.id, { patientId: patient.id });
        return { joined: true };
      }),
    ),

  addToCareTeam: procedure('care_team.change')
    .input(z.object({ patientId: idSchema, membershipId: idSchema, part: careTeamPartSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const membership = yield* findMembership(d, { clinicId: scope.clinicId, membershipId: input.membershipId });
        if (!membership || membership.role === 'admin') throw notFound();
        yield* insertCareTeam(d, {
          id: uuidv7(),
          ...scope,
          membershipId: membership.id,
          part: input.part,
          fromAt: act.nowMs,
        });
        act.tell('patient', scope.patientId, { patientId: scope.patientId });
        return { added: true };
      }),
    ),

  endCareTeam: procedure('care_team.change')
    .input(z.object({ patientId: idSchema, careTeamId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const team = yield* listCareTeam(d, { ...scope, nowMs: act.nowMs });
        // A record that nobody treats would be on nobody's list.
        if (team.length === 1 && team[0]?.id === input.careTeamId) throw new Failure('CONFLICT', 'last_in_team');
        if (!(yield* endCareTeam(d, { ...scope, careTeamId: input.careTeamId, nowMs: act.nowMs }))) throw notFound();
        act.tell('patient', scope.patientId, { patientId: scope.patientId });
        return { ended: true };
      }),
    ),

  /** The patient's own consents. */
  myConsents: procedure('consent.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      if (!ctx.actor.patientId) throw notFound();
      const { scope } = yield* act.patient(ctx.actor.patientId);
      return yield* listConsents(d, scope);
    }),
  ),

  /** Must the patient still agree before the first use? With whom to talk if not. */
  consentNeeded: procedure('consent.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      if (!ctx.actor.patientId) throw notFound();
      const { scope } = yield* act.patient(ctx.actor.patientId);
      const given = (yield* listConsents(d, scope)).filter((consent) => consent.revokedAt === null);
      const clinic = yield* findClinic(d, scope);
      if (!clinic) throw notFound();
      const asked = FIRST_USE_CONSENTS.some(
        (kind) => !given.some((consent) => consent.kind === kind && consent.textVersion === CONSENT_TEXT_VERSION),
      );
      return { asked, clinic: { name: clinic.name, phone: clinic.phone, emergencyNumber: clinic.emergencyNumber } };
    }),
  ),

  changeConsent: procedure('consent.change')
    .input(changeConsentSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        if (!ctx.actor.patientId) throw notFound();
        const { scope } = yield* act.patient(ctx.actor.patientId);
        for (const kind of input.kinds) {
          if (!input.given) yield* revokeConsent(d, { ...scope, kind, nowMs: act.nowMs });
          else {
            yield* insertConsent(d, {
              id: uuidv7(),
              ...scope,
              kind,
              textVersion: CONSENT_TEXT_VERSION,
              givenBy: ctx.actor.userId,
              givenAt: act.nowMs,
            });
          }
        }
        act.tell('patient', scope.patientId, { patientId: scope.patientId });
        return { changed: true };
      }),
    ),
});
