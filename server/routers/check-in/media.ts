import 'server-only';
import { z } from 'zod';
import { findOwnMedia } from '#db/queries/check-in/media';
import { sha256Schema } from '#domain/check-in/submission';
import { notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { announce } from '#server/media/announce';
import { receiveUpload } from '#server/media/receive';
import { arrivedBytes } from '#server/media/uploads';
import { procedure, router } from '#server/routers/trpc';

const DEMO_BYTES_MAX = 500_000_000;

export const mediaRouter = router({
  /** Announces a clip that shows how an exercise is done. */
  createDemo: procedure('exercise.set_demo')
    .input(z.object({ mediaId: idSchema, bytes: z.number().int().min(1).max(DEMO_BYTES_MAX) }))
    .mutation(({ ctx, input: { mediaId, bytes } }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const row = { id: mediaId, clinicId, ownerUserId: userId, patientId: null, bytes, consentId: null };
        return yield* announce(d, act, { ...row, kind: 'demo' });
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
      return await receiveUpload(ctx.app, row, { sha256: input.sha256, nowMs: ctx.clock() });
    }),
});
