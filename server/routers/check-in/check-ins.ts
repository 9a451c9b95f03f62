import 'server-only';
import { z } from 'zod';
import { addClipsSchema, submitCheckInSchema, withoutClipSchema } from '#domain/check-in/submission';
import { idSchema, placeSchema } from '#domain/input/fields';
import { answerReviewSchema } from '#domain/review/answer';
import { requireCheckIn, requireClip, requireOwnClip, requirePublishedReview } from '#server/acts/check-in/access';
import { answerReview } from '#server/acts/check-in/answer';
import { addClips, goWithoutClip, sendClipAgain } from '#server/acts/check-in/clips';
import { removeClip, tryClipAgain } from '#server/acts/check-in/decide';
import { readCheckIn, readCheckIns } from '#server/acts/check-in/read';
import { submitCheckIn } from '#server/acts/check-in/submit';
import { withdrawCheckIn, withdrawClip } from '#server/acts/check-in/withdraw';
import { requireOwnRecord } from '#server/acts/people/access';
import { procedure, router } from '#server/routers/trpc';

export const checkInsRouter = router({
  /** Answers first, from the device's queue; the clips follow by upload under the ids named here. */
  submit: procedure('check_in.submit')
    .input(submitCheckInSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope, timeZone } = yield* requireOwnRecord(work, ctx.actor, input.patientId);
        return yield* submitCheckIn(d, work, { scope, timeZone, userId: ctx.actor.userId, input });
      }),
    ),

  /** The clips of answers that `submit` took without any. */
  addClips: procedure('check_in.submit')
    .input(addClipsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireCheckIn(d, work, ctx.actor, input.checkInId);
        return yield* addClips(d, work, { scope, userId: ctx.actor.userId, input });
      }),
    ),

  /** No clip will come: the answers go as they are. */
  goWithoutClip: procedure('check_in.submit')
    .input(withoutClipSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireCheckIn(d, work, ctx.actor, input.checkInId);
        return yield* goWithoutClip(d, work, { scope, userId: ctx.actor.userId, input });
      }),
    ),

  sendAgain: procedure('check_in.submit')
    .input(z.object({ mediaId: idSchema }))
    .mutation(({ ctx, input: { mediaId } }) =>
      ctx.write(function* (d, work) {
        const { clip, standing } = yield* requireOwnClip(d, work, ctx.actor, mediaId);
        return yield* sendClipAgain(d, work, { scope: standing.scope, clip });
      }),
    ),

  /** Only while nobody has answered it. */
  withdraw: procedure('check_in.withdraw')
    .input(z.object({ checkInId: idSchema }))
    .mutation(({ ctx, input: { checkInId } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireCheckIn(d, work, ctx.actor, checkInId);
        return yield* withdrawCheckIn(d, work, { scope, userId: ctx.actor.userId, checkInId });
      }),
    ),

  withdrawClip: procedure('check_in.withdraw')
    .input(z.object({ mediaId: idSchema }))
    .mutation(({ ctx, input: { mediaId } }) =>
      ctx.write(function* (d, work) {
        const { clip, standing } = yield* requireClip(d, work, ctx.actor, mediaId);
        return yield* withdrawClip(d, work, { scope: standing.scope, userId: ctx.actor.userId, clip });
      }),
    ),

  /** A clinician decides about a clip that cannot be read. */
  tryClipAgain: procedure('check_in.decide')
    .input(z.object({ mediaId: idSchema }))
    .mutation(({ ctx, input: { mediaId } }) =>
      ctx.write(function* (d, work) {
        const { clip } = yield* requireClip(d, work, ctx.actor, mediaId);
        return yield* tryClipAgain(d, work, { clip, userId: ctx.actor.userId });
      }),
    ),

  removeClip: procedure('check_in.decide')
    .input(z.object({ mediaId: idSchema }))
    .mutation(({ ctx, input: { mediaId } }) =>
      ctx.write(function* (d, work) {
        const { clip } = yield* requireClip(d, work, ctx.actor, mediaId);
        return yield* removeClip(d, work, { clip, userId: ctx.actor.userId });
      }),
    ),

  /** The patient's own. */
  mine: procedure('check_in.read')
    .input(z.object({ cursor: z.nullish(placeSchema) }).optional())
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        return yield* readCheckIns(d, work, { scope, withDrafts: false, before: input?.cursor ?? null });
      }),
    ),

  ofPatient: procedure('check_in.read')
    .input(z.object({ patientId: idSchema, cursor: z.nullish(placeSchema) }))
    .query(({ ctx, input: { patientId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { scope, relations } = yield* work.patient(patientId);
        return yield* readCheckIns(d, work, { scope, withDrafts: relations.includes('clinician'), before: cursor });
      }),
    ),

  get: procedure('check_in.read')
    .input(z.object({ checkInId: idSchema }))
    .query(({ ctx, input: { checkInId } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* requireCheckIn(d, work, ctx.actor, checkInId);
        return yield* readCheckIn(d, work, { standing, checkInId, locale: ctx.actor.locale });
      }),
    ),

  answer: procedure('check_in.answer')
    .input(answerReviewSchema)
    .mutation(({ ctx, input: { reviewId, answer } }) =>
      ctx.write(function* (d, work) {
        const { review, standing } = yield* requirePublishedReview(d, work, ctx.actor, reviewId);
        const { scope, timeZone } = standing;
        return yield* answerReview(d, work, { scope, timeZone, enteredBy: ctx.actor.userId, review, answer });
      }),
    ),
});
