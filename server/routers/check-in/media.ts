import 'server-only';
import { z } from 'zod';
import { sha256Schema } from '#domain/check-in/submission';
import { idSchema } from '#domain/input/fields';
import { announceMedia } from '#server/acts/check-in/announce-media';
import { finishUpload, readUpload } from '#server/acts/check-in/upload';
import { procedure, router } from '#server/routers/trpc';

const DEMO_BYTES_MAX = 500_000_000;

export const mediaRouter = router({
  /** Announces a clip that shows how an exercise is done. */
  createDemo: procedure('exercise.set_demo')
    .input(z.object({ mediaId: idSchema, bytes: z.number().int().min(1).max(DEMO_BYTES_MAX) }))
    .mutation(({ ctx, input: { mediaId, bytes } }) => {
      const { clinicId, userId } = ctx.actor;
      const demo = { id: mediaId, clinicId, ownerUserId: userId, kind: 'demo' as const, bytes };
      return ctx.write((d, work) => announceMedia(d, work, { ...demo, patientId: null, consentId: null }));
    }),

  progress: procedure('account.read')
    .input(z.object({ mediaId: idSchema }))
    .query(({ ctx, input: { mediaId } }) => readUpload(ctx.app, ctx.read, { userId: ctx.actor.userId, mediaId })),

  finish: procedure('account.read')
    .input(z.object({ mediaId: idSchema, sha256: sha256Schema }))
    .mutation(({ ctx, input }) =>
      finishUpload(ctx.app, ctx.read, { userId: ctx.actor.userId, ...input, nowMs: ctx.clock() }),
    ),
});
