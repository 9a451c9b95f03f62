import 'server-only';
import { findVisitSurface } from '#db/queries/annotation/surfaces';
import { findConsent } from '#db/queries/people/patients';
import { findStill, insertStill } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import { addStillSchema } from '#domain/visit/record';
import { requireSeat, tellVisit } from '#server/acts/visit/access';
import { announce } from '#server/media/announce';
import { procedure, router } from '#server/routers/trpc';

export const stillsRouter = router({
  /**
   * Puts a frozen frame into the visit's record; its bytes follow by resumable upload under the same id. Needs the
   * patient's consent to stills. Repeating it answers the same.
   */
  add: procedure('visit.draw')
    .input(addStillSchema)
    .mutation(({ ctx, input: { visitId, stillId, bytes, capturedAt, source } }) =>
      ctx.write(function* (d, act) {
        const { visit, standing, me } = yield* requireSeat(d, act, ctx.actor, visitId);
        const { scope } = standing;
        if (source === 'patient_device' && me.role !== 'patient') throw new Failure('FORBIDDEN', 'not_allowed');
        const consent = yield* findConsent(d, { ...scope, kind: 'stills' });
        if (!consent) throw new Failure('FORBIDDEN', 'consent_missing');
        const surface = yield* findVisitSurface(d, { ...scope, visitId });
        if (!surface) throw notFound();
        const media = yield* announce(d, act, {
          id: stillId,
          ...scope,
          ownerUserId: ctx.actor.userId,
          kind: 'still',
          bytes,
          consentId: consent.id,
        });
        const known = yield* findStill(d, { stillId });
        if (known && known.visitId !== visitId) throw notFound();
        if (!known) {
          const side = visit.side === 'both' ? null : visit.side;
          const place = { visitId, mediaId: stillId, surfaceId: surface.id };
          yield* insertStill(d, { id: stillId, ...place, capturedAt, source, side });
        }
        tellVisit(act, visit);
        return media;
      }),
    ),
});
