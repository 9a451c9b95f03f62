import 'server-only';
import { z } from 'zod';
import { findOwnMedia, insertMedia } from '#db/queries/media';
import { findConsent } from '#db/queries/patients';
import { Failure, notFound } from '#domain/failure';
import { idSchema } from '#domain/input';
import { newClipRow, receiveUpload } from '../media/receive';
import { arrivedBytes } from '../media/uploads';
import { procedure, router } from '../trpc';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const STILL_BYTES_MAX = 8_000_000;
const DEMO_BYTES_MAX = 500_000_000;

export const mediaRouter = router({
  /** Announces a still of a visit; its bytes follow by resumable upload. Stills need the patient's consent. */
  createStill: procedure('media.write')
    .input(z.object({ mediaId: idSchema, patientId: idSchema, bytes: z.number().int().min(1).max(STILL_BYTES_MAX) }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        if (!(yield* findConsent(d, { ...scope, kind: 'stills' }))) throw new Failure('FORBIDDEN', 'consent_missing');
        const known = yield* findOwnMedia(d, { userId: ctx.actor.userId, mediaId: input.mediaId });
        if (!known)
          yield* insertMedia(
            d,
            newClipRow(scope, {
              id: input.mediaId,
              ownerUserId: ctx.actor.userId,
              bytes: input.bytes,
              kind: 'still',
              nowMs: act.nowMs,
            }),
          );
        act.about(input.mediaId);
        return { state: known?.state ?? ('pending' as const) };
      }),
    ),

  /** Announces a clip that shows how an exercise is done. */
  createDemo: procedure('exercise.set_demo')
    .input(z.object({ mediaId: idSchema, bytes: z.number().int().min(1).max(DEMO_BYTES_MAX) }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const known = yield* findOwnMedia(d, { userId, mediaId: input.mediaId });
        if (!known)
          yield* insertMedia(d, {
            id: input.mediaId,
            clinicId,
            ownerUserId: userId,
            kind: 'demo',
            state: 'pending',
            bytes: input.bytes,
            createdAt: act.nowMs,
          });
        act.about(input.mediaId);
        return { state: known?.state ?? ('pending' as const) };
      }),
    ),

  /** How far an upload is: what the device asks before it sends more. */
  progress: procedure('account.read')
    .input(z.object({ mediaId: idSchema }))
    .query(async ({ ctx, input }) => {
      const row = await ctx.read((d) => findOwnMedia(d, { userId: ctx.actor.userId, mediaId: input.mediaId }));
      if (!row) throw notFound();
      return {
        state: row.state,
        failure: row.failure,
        bytes: row.bytes,
        arrived: row.state === 'pending' ? ((await arrivedBytes(ctx.app, row.id)) ?? 0) : row.bytes,
      };
    }),

  /** Says that all bytes are sent. Size and SHA-256 must be right; repeating it answers the same. */
  finish: procedure('account.read')
    .input(z.object({ mediaId: idSchema, sha256: sha256Schema }))
    .mutation(async ({ ctx, input }) => {
      const row = await ctx.read((d) => findOwnMedia(d, { userId: ctx.actor.userId, mediaId: input.mediaId }));
      if (!row) throw notFound();
      return { state: await receiveUpload(ctx.app, row, input.sha256, ctx.clock()) };
    }),
});
