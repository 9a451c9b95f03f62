import 'server-only';
import { z } from 'zod';
import { idSchema, revisionSchema } from '#domain/input/fields';
import {
  claimedSchema,
  publishReviewSchema,
  queueCursorSchema,
  reviewOperationSchema,
  saveReviewSchema,
  skipSchema,
} from '#domain/review/answer';
import { requireHeld, requireOwnReview, requireReview } from '#server/acts/review/access';
import { beginNextInTurn, beginReview } from '#server/acts/review/begin';
import { keepClaim, releaseClaim, skipCheckIn } from '#server/acts/review/claims';
import { saveDraft } from '#server/acts/review/draft';
import { appendReviewOperation, readReviewDrawing, readReviewOperations } from '#server/acts/review/operations';
import { publishReview } from '#server/acts/review/publish';
import { readQueue } from '#server/acts/review/queue';
import type { Actor } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';

const reviewer = ({ clinicId, userId, membershipId }: Actor) => ({ clinicId, userId, membershipId });

export const reviewsRouter = router({
  queue: procedure('review.read_queue')
    .input(z.object({ cursor: z.nullish(queueCursorSchema) }))
    .query(({ ctx, input }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readQueue(d, work, { clinicId, userId, after: input.cursor ?? null }));
    }),

  claimNext: procedure('review.claim').mutation(({ ctx }) => beginNextInTurn(ctx.app, ctx.write, reviewer(ctx.actor))),

  claim: procedure('review.claim')
    .input(z.object({ checkInId: idSchema }))
    .mutation(({ ctx, input: { checkInId } }) =>
      ctx.write((d, work) => beginReview(d, work, { ...reviewer(ctx.actor), checkInId })),
    ),

  heartbeat: procedure('review.write', { trail: 'counted' })
    .input(claimedSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        return yield* keepClaim(d, work, yield* requireHeld(d, work, ctx.actor, input));
      }),
    ),

  release: procedure('review.write')
    .input(claimedSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        return yield* releaseClaim(d, work, yield* requireHeld(d, work, ctx.actor, input));
      }),
    ),

  skip: procedure('review.write')
    .input(skipSchema)
    .mutation(({ ctx, input: { reason, ...claim } }) =>
      ctx.write(function* (d, work) {
        const held = yield* requireHeld(d, work, ctx.actor, claim);
        return yield* skipCheckIn(d, work, { ...held, reason });
      }),
    ),

  saveDraft: procedure('review.write', { trail: 'counted' })
    .input(saveReviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        yield* requireHeld(d, work, ctx.actor, input);
        return yield* saveDraft(d, work, input);
      }),
    ),

  appendOperation: procedure('review.write', { trail: 'counted' })
    .input(reviewOperationSchema)
    .mutation(({ ctx, input: { checkInId, envelope } }) =>
      ctx.write(function* (d, work) {
        const { patientId } = yield* requireOwnReview(d, work, ctx.actor, checkInId);
        return yield* appendReviewOperation(d, work, { checkInId, envelope, authorId: ctx.actor.userId, patientId });
      }),
    ),

  operationsSince: procedure('check_in.read')
    .input(z.object({ reviewId: idSchema, revision: revisionSchema }))
    .query(({ ctx, input: { reviewId, revision } }) =>
      ctx.read(function* (d, work) {
        const found = yield* requireReview(d, work, ctx.actor, reviewId);
        return yield* readReviewOperations(d, { ...found, revision });
      }),
    ),

  /** For who only reads an answer. */
  drawing: procedure('check_in.read')
    .input(z.object({ reviewId: idSchema }))
    .query(({ ctx, input: { reviewId } }) =>
      ctx.read(function* (d, work) {
        return yield* readReviewDrawing(d, yield* requireReview(d, work, ctx.actor, reviewId));
      }),
    ),

  /** A claim that was overtaken changes nothing. */
  publish: procedure('review.write')
    .input(publishReviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const held = yield* requireHeld(d, work, ctx.actor, input);
        return yield* publishReview(d, work, { ...held, answer: input });
      }),
    ),
});
