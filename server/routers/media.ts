import 'server-only';
import { z } from 'zod';
import type { Db } from '#db/body';
import { findMediaById, findOwnMedia, insertMedia } from '#db/queries/media';
import { findConsent } from '#db/queries/patients';
import { sha256Schema } from '#domain/check-in';
import { Failure, notFound } from '#domain/failure';
import { idSchema } from '#domain/input';
import type { Act } from '../act';
import { receiveUpload } from '../media/receive';
import { arrivedBytes } from '../media/uploads';
import { procedure, router } from '../trpc';

const STILL_BYTES_MAX = 8_000_000;
const DEMO_BYTES_MAX = 500_000_000;

type Announced = { id: string; clinicId: string; ownerUserId: string; patientId: string | null; bytes: number };

/** The row that bytes will be uploaded into. Announcing it again changes nothing; the id of somebody else does not exist. */
function* announce(d: Db, act: Act, row: Announced & { kind: 'still' | 'demo'; consentId: string | null }) {
  act.about(row.id);
  const known = yield* findMediaById(d, { mediaId: row.id });
  if (!known) yield* insertMedia(d, { ...row, state: 'pending', createdAt: act.nowMs });
  else if (known.ownerUserId !== row.ownerUserId || known.kind !== row.kind) throw notFound();
  else if (known.bytes !== row.bytes && known.state === 'pending') throw new Failure('CONFLICT', 'operation_differs');
  return { state: known?.state ?? ('pending' as const) };
}

export const mediaRouter = router({
  /** Announces a still of a visit; its bytes follow by resumable upload. Stills need the patient's consent. */
  createStill: procedure('media.write')
    .input(z.object({ mediaId: idSchema, patientId: idSchema, bytes: z.number().int().min(1).max(STILL_BYTES_MAX) }))
    .mutation(({ ctx, input: { mediaId, patientId, bytes } }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(patientId);
        const consent = yield* findConsent(d, { ...scope, kind: 'stills' });
        if (!consent) throw new Failure('FORBIDDEN', 'consent_missing');
        const row = { id: mediaId, ...scope, ownerUserId: ctx.actor.userId, bytes, consentId: consent.id };
        return yield* announce(d, act, { ...row, kind: 'still' });
      }),
    ),

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
