import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Db } from '#db/body';
import { listReachablePatientIds } from '#db/queries/access';
import { findConsent, findOpenEpisode, findPatient } from '#db/queries/patients';
import { insertSurface } from '#db/queries/surfaces';
import { findClinic } from '#db/queries/users';
import {
  endVisit,
  findLastPresence,
  findParticipant,
  findVisit,
  findVisitPatient,
  insertVisit,
  insertVisitEvent,
  listParticipants,
  listPatientVisits,
  listVisits,
  listWaiting,
  moveParticipant,
  openVisit,
  upsertParticipant,
} from '#db/queries/visits';
import { Failure, notFound } from '#domain/failure';
import { epochMsSchema, idSchema } from '#domain/input';
import {
  isJoinable,
  joinVisitSchema,
  liveKitIdentity,
  scheduleVisitSchema,
  type VisitRole,
  visitTokenSchema,
} from '#domain/visit';
import type { Act } from '../act';
import type { Actor } from '../auth/gate';
import { expelFromRoom } from '../livekit/reconcile';
import { closeRoom, ensureRoom, mediaServerState, mintToken, newRoomName } from '../livekit/rooms';
import type { AppProcess } from '../process';
import { procedure, router } from '../trpc';
import { settleCues } from '../visit-cues';

/** Who knocked longer ago has long put the phone away. */
const WAITS_AT_MOST_MS = 2 * 60 * 60_000;

/** The visit, after the actor was found to reach its patient; strangers and unknown ids look alike. */
export function* requireVisit(d: Db, act: Act, { clinicId }: Actor, visitId: string) {
  const patientId = yield* findVisitPatient(d, { clinicId, visitId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  const visit = yield* findVisit(d, { ...standing.scope, visitId });
  if (!visit) throw notFound();
  act.about(visitId);
  return { visit, standing };
}

/** The same for someone who has a seat in it: whoever still waits at the door, or was removed, takes no part. */
export function* requireSeat(d: Db, act: Act, actor: Actor, visitId: string) {
  const { visit, standing } = yield* requireVisit(d, act, actor, visitId);
  const me = yield* findParticipant(d, { visitId, userId: actor.userId });
  if (!me || me.state === 'waiting' || me.state === 'removed') throw notFound();
  return { visit, standing, me };
}

type Seat = { roomName: string; participantId: string; role: VisitRole };

/** The room is made when it is not there; the token is for one tab. */
async function takeSeat(app: AppProcess, { roomName, participantId, role }: Seat, tabNonce: string) {
  await ensureRoom(app, roomName);
  return await mintToken(app, { roomName, identity: liveKitIdentity(participantId, tabNonce), role });
}

function roleIn(relations: readonly string[]): VisitRole {
  if (relations.includes('clinician')) return 'clinician';
  return relations.includes('self') ? 'patient' : 'observer';
}

export function tellVisit(act: Act, visit: { id: string; patientId: string }): void {
  act.tell('visit', visit.id, { patientId: visit.patientId });
}

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

  /** The patient knocks and waits; the clinician opens the visit. Repeating it changes nothing. */
  join: procedure('visit.join')
    .input(joinVisitSchema)
    .mutation(async ({ ctx, input }) => {
      const { seatOf, ...entered } = await ctx.write(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const role = roleIn(standing.relations);
        if (!isJoinable(visit, role, act.nowMs)) throw new Failure('CONFLICT', 'visit_not_open');
        const agreed = role !== 'patient' || (yield* findConsent(d, { ...standing.scope, kind: 'live_video' }));
        if (!agreed) throw new Failure('FORBIDDEN', 'consent_missing');
        const before = yield* findParticipant(d, { visitId: visit.id, userId: ctx.actor.userId });
        if (before?.state === 'removed') throw notFound();
        // Asked so that help finds the patient; a reload of the page goes on with what was said.
        const locationText = input.locationText ?? before?.locationText ?? null;
        if (role === 'patient' && !locationText) throw new Failure('BAD_REQUEST', 'location_missing');
        if (role === 'clinician') yield* openVisit(d, { visitId: visit.id, roomName: newRoomName(), nowMs: act.nowMs });
        const admitted = role === 'clinician' || (before?.admittedAt != null && before.state !== 'waiting');
        const me = yield* upsertParticipant(d, {
          id: before?.id ?? uuidv7(),
          visitId: visit.id,
          userId: ctx.actor.userId,
          role,
          state: admitted ? 'admitted' : 'waiting',
          waitingAt: before?.waitingAt ?? act.nowMs,
          admittedBy: before?.admittedBy ?? (role === 'clinician' ? ctx.actor.userId : null),
          admittedAt: before?.admittedAt ?? (role === 'clinician' ? act.nowMs : null),
          leftAt: null,
          locationText,
          presentOthers: input.presentOthers ?? before?.presentOthers ?? null,
        });
        const kind = admitted ? 'joined' : 'waiting';
        yield* insertVisitEvent(d, {
          id: uuidv7(),
          visitId: visit.id,
          participantId: me.id,
          kind,
          at: act.nowMs,
          source: 'app',
        });
        tellVisit(act, visit);
        const now = (yield* findVisit(d, { ...standing.scope, visitId: visit.id })) ?? visit;
        const isIn = admitted && now.state === 'open' && now.roomName !== null;
        const seatOf = isIn ? { roomName: now.roomName ?? '', participantId: me.id, role } : null;
        return { participantId: me.id, role, state: me.state, me, visitState: now.state, seatOf };
      });
      // Without it the page asks for a seat itself, and says what is wrong with the media server.
      const seat = seatOf && input.tabNonce ? await takeSeat(ctx.app, seatOf, input.tabNonce).catch(() => null) : null;
      return { ...entered, seat };
    }),

  admit: procedure('visit.run')
    .input(z.object({ visitId: idSchema, participantId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const roster = yield* listParticipants(d, { visitId: visit.id });
        if (visit.state !== 'open') throw new Failure('CONFLICT', 'visit_not_open');
        if (!roster.some((participant) => participant.id === input.participantId)) throw notFound();
        yield* moveParticipant(d, {
          participantId: input.participantId,
          from: ['waiting', 'left'],
          change: { state: 'admitted', admittedBy: ctx.actor.userId, admittedAt: act.nowMs },
        });
        yield* insertVisitEvent(d, {
          id: uuidv7(),
          visitId: visit.id,
          participantId: input.participantId,
          kind: 'admitted',
          at: act.nowMs,
          source: 'app',
        });
        tellVisit(act, visit);
        return { admitted: true };
      }),
    ),

  remove: procedure('visit.run')
    .input(z.object({ visitId: idSchema, participantId: idSchema }))
    .mutation(async ({ ctx, input }) => {
      const visit = await ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const roster = yield* listParticipants(d, { visitId: visit.id });
        const target = roster.find((participant) => participant.id === input.participantId);
        if (!target || target.userId === ctx.actor.userId) throw notFound();
        yield* moveParticipant(d, {
          participantId: target.id,
          from: ['waiting', 'admitted', 'left'],
          change: { state: 'removed', leftAt: act.nowMs },
        });
        yield* insertVisitEvent(d, {
          id: uuidv7(),
          visitId: visit.id,
          participantId: target.id,
          kind: 'removed',
          at: act.nowMs,
          source: 'app',
        });
        tellVisit(act, visit);
        return visit;
      });
      if (visit.roomName) await expelFromRoom(ctx.app, visit.roomName, input.participantId);
      return { removed: true };
    }),

  /** A short-lived token for this tab. Only for those admitted to an open visit; a client that loses the room asks again. */
  token: procedure('visit.join')
    .input(visitTokenSchema)
    .mutation(async ({ ctx, input }) => {
      const seat = await ctx.write(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const me = yield* findParticipant(d, { visitId: visit.id, userId: ctx.actor.userId });
        if (visit.state !== 'open' || !visit.roomName) throw new Failure('CONFLICT', 'visit_not_open');
        if (me?.state !== 'admitted') throw new Failure('FORBIDDEN', 'not_admitted');
        return { participantId: me.id, roomName: visit.roomName, role: roleIn(standing.relations) };
      });
      return await takeSeat(ctx.app, seat, input.tabNonce);
    }),

  leave: procedure('visit.join')
    .input(z.object({ visitId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const me = yield* findParticipant(d, { visitId: visit.id, userId: ctx.actor.userId });
        if (!me) return { left: true };
        yield* moveParticipant(d, {
          participantId: me.id,
          from: ['waiting', 'admitted'],
          change: { state: 'left', leftAt: act.nowMs },
        });
        yield* insertVisitEvent(d, {
          id: uuidv7(),
          visitId: visit.id,
          participantId: me.id,
          kind: 'left',
          at: act.nowMs,
          source: 'app',
        });
        tellVisit(act, visit);
        return { left: true };
      }),
    ),

  end: procedure('visit.run')
    .input(z.object({ visitId: idSchema }))
    .mutation(async ({ ctx, input }) => {
      const roomName = await ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, input.visitId);
        const state = visit.state === 'open' ? 'ended' : 'cancelled';
        const ended = yield* endVisit(d, { visitId: visit.id, state, nowMs: act.nowMs });
        if (ended) {
          yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: state, at: act.nowMs, source: 'app' });
          yield* settleCues(d, { visitId: visit.id, nowMs: act.nowMs });
        }
        tellVisit(act, visit);
        return visit.roomName;
      });
      if (roomName) await closeRoom(ctx.app, roomName);
      return { ended: true };
    }),
});
