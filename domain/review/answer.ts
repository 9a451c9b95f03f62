import * as z from 'zod/mini';
import { envelopeSchema } from '#domain/annotation/operation';
import { idSchema, lineSchema, proseSchema } from '#domain/input/fields';
import { revisionSchema } from '#domain/input/revision';
import { doseSchema } from '#domain/program/dose';
import { doseChangeSchema, flagReasonSchema, restrictionReasonSchema } from '#domain/program/draft';

const versionNumberSchema = z.int().check(z.minimum(1), z.maximum(100_000));

const SUMMARY_MAX = 4000;

/** Proof of a claim: a new one is made at each claim, so a page that was overtaken changes nothing. */
export const claimedSchema = z.object({ checkInId: idSchema, leaseToken: idSchema });

const reviewOutcomeSchema = z.enum(['feedback', 'redo']);
export const skipReasonSchema = z.enum(['not_my_patient', 'need_senior', 'cannot_judge', 'technical']);
export type SkipReason = z.infer<typeof skipReasonSchema>;

const errorTagsSchema = z.array(z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/))).check(
  z.maxLength(12),
  z.refine((codes) => new Set(codes).size === codes.length),
);

export const skipSchema = z.extend(claimedSchema, { reason: skipReasonSchema });

const answerSchema = z.extend(claimedSchema, {
  summary: proseSchema(SUMMARY_MAX),
  outcome: reviewOutcomeSchema,
  errorTags: errorTagsSchema,
});

/** A dose that is not published yet, with the number of the program version that it changes. */
const draftDoseSchema = z.object({ programVersion: versionNumberSchema, dose: doseSchema });
export type DraftDose = z.infer<typeof draftDoseSchema>;

export const saveReviewSchema = z.extend(answerSchema, {
  draftDose: z.nullable(draftDoseSchema),
  revision: revisionSchema,
});
export type SaveReview = z.infer<typeof saveReviewSchema>;

export const reviewOperationSchema = z.extend(claimedSchema, { envelope: envelopeSchema });

/** All that one press of the button does; without dose changes the program stays as it is. */
export const publishReviewSchema = z
  .extend(answerSchema, {
    /** Every answer stands alone as text: for deaf people, slow lines and print. */
    summary: lineSchema(SUMMARY_MAX),
    doseChanges: z.array(doseChangeSchema).check(z.maxLength(20)),
    /** The number of the program version that the clinician saw; needed with dose changes. */
    expectedProgramVersion: z.nullable(versionNumberSchema),
    flagReason: flagReasonSchema,
    restrictionReason: restrictionReasonSchema,
  })
  .check(
    z.refine(({ doseChanges, expectedProgramVersion }) => doseChanges.length === 0 || expectedProgramVersion !== null, {
      path: ['expectedProgramVersion'],
    }),
  );
export type PublishReview = z.infer<typeof publishReviewSchema>;

const patientAnswerSchema = z.enum(['clear', 'not_clear', 'it_hurts']);
export const answerReviewSchema = z.object({ reviewId: idSchema, answer: patientAnswerSchema });

export const queueCursorSchema = z.object({
  queueRank: z.int().check(z.minimum(0), z.maximum(9)),
  dueAt: z.int(),
  id: idSchema,
});
export type QueueCursor = z.infer<typeof queueCursorSchema>;
