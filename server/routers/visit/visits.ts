import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { findClinic } from '#db/queries/clinic/clinics';
import { listReachablePatientIds } from '#db/queries/people/access';
import { findConsent, findOpenEpisode, findPatient } from '#db/queries/people/patients';
import {
  endVisit,
  findLastPresence,
  findParticipant,
  insertVisit,
  insertVisitEvent,
  listParticipants,
  listPatientVisits,
  listVisits,
  listWaiting,
} from '#db/queries/visit/visits';
import { Failure, notFound } from '#domain/input/failure';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { HOUR_MS } from '#domain/time/duration';
import { cancelVisitSchema, isJoinable, scheduleVisitSchema } from '#domain/visit/lifecycle';
import { requireVisit, roleIn, tellVisit } from '#server/acts/visit/access';
import { mediaServerState } from '#server/livekit/rooms';
import { procedure, router } from '#server/routers/trpc';
import { visitRoom } from './room';

/** Who knocked longer ago has long put the phone away. */
const WAITS_AT_MOST_MS = 2 * HOUR_MS;

export const visitsRouter = router({
  schedule: procedure('visit.schedule')
    .input(scheduleVisitSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const patient = yield* findPatient(d, scope);
        const episode = yield* findOpenEpisode(d, scope);
        const clinic = yield* findClinic(d, scope);
        if (!patient || !episode || !clinic) throw new Failure('BAD_REQUEST', 'no_open_episode');
        const id = uuidv7();
        yield* insertVisit(d, {
          id,
          ...scope,
          episodeId: episode.id,
          clinicianId: ctx.actor.userId,
          kind: input.startsAt === null ? 'now' : input.kind,
          startsAt: input.startsAt ?? act.nowMs,
          durationMinutes: input.durationMinutes,
          timeZone: patient.timeZone,
          state: 'scheduled',
          fallbackPhone: clinic.phone,
          createdAt: act.nowMs,
        });
        yield* insertSurface(d, { id: uuidv7(), ...scope, kind: 'stage', visitId: id });
        act.about(id);
        tellVisit(act, { id, patientId: scope.patientId });
        return { visitId: id };
      }),
    ),

  /** A visit that will not be held: cancelled, or the patient did not come. One that began is ended instead. */
  cancel: procedure('visit.run')
    .input(cancelVisitSchema)
    .mutation(({ ctx, input: { visitId, state } }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, visitId);
        if (visit.state === state) return { state };
        if (state === 'no_show' && visit.startsAt > act.nowMs) throw new Failure('CONFLICT', 'visit_to_come');
        const cancelled = yield* endVisit(d, { visitId, from: 'scheduled', state, nowMs: act.nowMs });
        if (!cancelled) throw new Failure('CONFLICT', 'visit_begun');
        yield* insertVisitEvent(d, { id: uuidv7(), visitId, kind: state, at: act.nowMs, source: 'app' });
        tellVisit(act, visit);
        return { state };
      }),
    ),

  /** The visits of the clinician's own patients between two instants. */
  schedulePage: procedure('schedule.read')
    .input(z.object({ fromMs: epochMsSchema, untilMs: epochMsSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const patientIds = yield* listReachablePatientIds(d, { clinicId, userId, nowMs: act.nowMs });
        return yield* listVisits(d, { clinicId, patientIds, ...input });
      }),
    ),

  /** Patients of one's own who wait at the door of a visit now. */
  waitingNow: procedure('schedule.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { clinicId, userId } = ctx.actor;
      const patientIds = yield* listReachablePatientIds(d, { clinicId, userId, nowMs: act.nowMs });
      return yield* listWaiting(d, { clinicId, patientIds, sinceMs: act.nowMs - WAITS_AT_MOST_MS });
    }),
  ),

  mine: procedure('visit.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      if (!ctx.actor.patientId) throw notFound();
      const { scope } = yield* act.patient(ctx.actor.patientId);
      return yield* listPatientVisits(d, { ...scope, limit: 50 });
    }),
  ),

  ofPatient: procedure('visit.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        return yield* listPatientVisits(d, { ...scope, limit: 50 });
      }),
    ),

  /** All that the visit's page needs before and during the visit. */
  room: procedure('visit.join')
    .input(z.object({ visitId: idSchema }))
    .query(async ({ ctx, input }) => {
      const room = await ctx.read(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const role = roleIn(standing.relations);
        const stills = yield* findConsent(d, { ...standing.scope, kind: 'stills' });
        const liveVideo = yield* findConsent(d, { ...standing.scope, kind: 'live_video' });
        const { roomName: _secret, ...shown } = visit;
        return {
          visit: shown,
          role,
          me: (yield* findParticipant(d, { visitId: visit.id, userId: ctx.actor.userId })) ?? null,
          roster: yield* listParticipants(d, { visitId: visit.id }),
          lastPresence: (yield* findLastPresence(d, { ...standing.scope, userId: ctx.actor.userId })) ?? null,
          consents: { stills: stills !== undefined, liveVideo: liveVideo !== undefined },
          joinable: isJoinable(visit, role, act.nowMs),
          serverNowMs: act.nowMs,
        };
      });
      return { ...room, mediaServer: await mediaServerState(ctx.app) };
    }),

  ...visitRoom,
});
