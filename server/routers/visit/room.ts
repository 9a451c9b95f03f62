import 'server-only';
import { z } from 'zod';
import type { Db } from '#db/body';
import { idSchema } from '#domain/input/fields';
import { holdVisitSchema, joinVisitSchema, visitTokenSchema } from '#domain/visit/lifecycle';
import { requireVisit } from '#server/acts/visit/access';
import { standAtDoor } from '#server/acts/visit/door';
import { endVisitAndRoom, holdVisit, takeBackEnd } from '#server/acts/visit/end';
import { joinVisitAndRoom } from '#server/acts/visit/join';
import { admitParticipant, leaveVisit, removeFromVisitAndRoom } from '#server/acts/visit/participants';
import { readRoomAndServer } from '#server/acts/visit/room';
import { enterRoom } from '#server/acts/visit/room-access';
import type { Actor } from '#server/auth/gate';
import { procedure } from '#server/routers/trpc';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const byVisit = z.object({ visitId: idSchema });
const byParticipant = z.object({ visitId: idSchema, participantId: idSchema });

/** Which visit, and the proof that this actor reaches its patient. */
const visitOf = (actor: Actor, visitId: string) => (d: Db, work: UnitOfWork) => requireVisit(d, work, actor, visitId);

/** From the door to the end: who comes into the room of a visit, and who goes. */
export const visitRoom = {
  /** All that the visit's page needs before and during the visit. */
  room: procedure('visit.read_room')
    .input(byVisit)
    .query(({ ctx, input: { visitId } }) => {
      const find = visitOf(ctx.actor, visitId);
      return readRoomAndServer(ctx.app, ctx.read, { find, userId: ctx.actor.userId });
    }),

  /** A visit by phone or in the clinic was held. */
  hold: procedure('visit.run')
    .input(holdVisitSchema)
    .mutation(({ ctx, input: { visitId, summary = null } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* holdVisit(d, work, { ...found, summary });
      }),
    ),

  /** The patient waits to be let in; the clinician opens the visit. Repeating it changes nothing. */
  join: procedure('visit.join')
    .input(joinVisitSchema)
    .mutation(({ ctx, input: { visitId, tabNonce, ...said } }) => {
      const find = visitOf(ctx.actor, visitId);
      return joinVisitAndRoom(ctx.app, ctx.write, { find, userId: ctx.actor.userId, said, tabNonce });
    }),

  admit: procedure('visit.run')
    .input(byParticipant)
    .mutation(({ ctx, input: { visitId, participantId } }) =>
      ctx.write(function* (d, work) {
        const { visit } = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* admitParticipant(d, work, { visit, participantId, admittedBy: ctx.actor.userId });
      }),
    ),

  remove: procedure('visit.run')
    .input(byParticipant)
    .mutation(({ ctx, input: { visitId, participantId } }) => {
      const find = visitOf(ctx.actor, visitId);
      return removeFromVisitAndRoom(ctx.app, ctx.write, { find, participantId, removedBy: ctx.actor.userId });
    }),

  /** Only for those admitted to an open visit; a client that loses the room asks again. */
  token: procedure('visit.join')
    .input(visitTokenSchema)
    .mutation(({ ctx, input: { visitId, tabNonce } }) => {
      const find = visitOf(ctx.actor, visitId);
      return enterRoom(ctx.app, ctx.write, { find, userId: ctx.actor.userId, tabNonce });
    }),

  /** For who stands at the door and needs nobody to let them in; asked again while the page stands there. */
  door: procedure('visit.stand_at_door', { trail: 'counted' })
    .input(visitTokenSchema)
    .mutation(({ ctx, input: { visitId, tabNonce } }) => {
      const find = visitOf(ctx.actor, visitId);
      return standAtDoor(ctx.app, ctx.write, { find, userId: ctx.actor.userId, tabNonce });
    }),

  leave: procedure('visit.join')
    .input(byVisit)
    .mutation(({ ctx, input: { visitId } }) =>
      ctx.write(function* (d, work) {
        const { visit } = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* leaveVisit(d, work, { visit, userId: ctx.actor.userId });
      }),
    ),

  end: procedure('visit.run')
    .input(byVisit)
    .mutation(({ ctx, input: { visitId } }) =>
      endVisitAndRoom(ctx.app, ctx.write, { find: visitOf(ctx.actor, visitId) }),
    ),

  reopen: procedure('visit.run')
    .input(byVisit)
    .mutation(({ ctx, input: { visitId } }) =>
      ctx.write(function* (d, work) {
        return yield* takeBackEnd(d, work, yield* requireVisit(d, work, ctx.actor, visitId));
      }),
    ),
};
