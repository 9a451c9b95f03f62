import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findConsent } from '#db/queries/people/patients';
import {
  endVisit,
  findParticipant,
  findVisit,
  insertVisitEvent,
  listParticipants,
  moveParticipant,
  openVisit,
  upsertParticipant,
} from '#db/queries/visit/visits';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import {
  isJoinable,
  joinVisitSchema,
  liveKitIdentity,
  type VisitRole,
  visitTokenSchema,
} from '#domain/visit/lifecycle';
import { requireVisit, roleIn, tellVisit } from '#server/acts/visit/access';
import { settleCues } from '#server/acts/visit/cues';
import { expelFromRoom } from '#server/livekit/reconcile';
import { closeRoom, ensureRoom, mintToken, newRoomName } from '#server/livekit/rooms';
import { procedure } from '#server/routers/trpc';
import type { AppProcess } from '#server/runtime/process';

type Seat = { roomName: string; participantId: string; role: VisitRole };

/** The room is made when it is not there; the token is for one tab. */
async function takeSeat(app: AppProcess, { roomName, participantId, role }: Seat, tabNonce: string) {
  await ensureRoom(app, roomName);
  return await mintToken(app, { roomName, identity: liveKitIdentity(participantId, tabNonce), role });
}

/** From the door to the end: who comes into the room of a visit, and who goes. */
export const visitRoom = {
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
        if (visit.state === 'scheduled') throw new Failure('CONFLICT', 'visit_not_open');
        if (yield* endVisit(d, { visitId: visit.id, from: 'open', state: 'ended', nowMs: act.nowMs })) {
          yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: 'ended', at: act.nowMs, source: 'app' });
          yield* settleCues(d, { visitId: visit.id, nowMs: act.nowMs });
        }
        tellVisit(act, visit);
        return visit.roomName;
      });
      if (roomName) await closeRoom(ctx.app, roomName);
      return { ended: true };
    }),
};
