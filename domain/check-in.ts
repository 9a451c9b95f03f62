import * as z from 'zod/mini';
import { epochMsSchema, idSchema, proseSchema } from './input';
import { redFlagSchema } from './pain-policy';

/** What the patient answers before the video is sent. Null = not answered. */
export const checkInAnswersSchema = z.object({
  v: z.literal(1),
  pain: z.nullable(z.int().check(z.minimum(0), z.maximum(10))),
  redFlags: z.array(redFlagSchema).check(z.maxLength(10)),
});

export type CheckInAnswers = z.infer<typeof checkInAnswersSchema>;

/** The small JSON that goes first and is triaged at once; the clip follows by resumable upload. */
export const submitCheckInSchema = z.object({
  opId: idSchema,
  checkInId: idSchema,
  lineageId: z.nullable(idSchema),
  question: proseSchema(1000),
  answers: checkInAnswersSchema,
  clips: z
    .array(
      z.object({
        mediaId: idSchema,
        bytes: z.int().check(z.minimum(1), z.maximum(500_000_000)),
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      }),
    )
    .check(z.minLength(1), z.maxLength(3)),
  submittedAt: epochMsSchema,
});

export type SubmitCheckIn = z.infer<typeof submitCheckInSchema>;
