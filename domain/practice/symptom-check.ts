import * as z from 'zod/mini';
import { idSchema } from '#domain/input/fields';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { answerSchema, shownSchema } from './log';
import { redFlagSchema } from './pain-policy';

/** "Not answered" is null; none of them is an empty list. */
export const redFlagsSchema = z.nullable(z.array(redFlagSchema).check(z.maxLength(10)));

/**
 * Pain or symptoms said outside of a log, as the client sends it. `subjectId` is the log, check-in or answered check-in in
 * which it was said; `lineageId` null = the hand as a whole.
 */
export const saySymptomsSchema = z.object({
  opId: idSchema,
  checkId: idSchema,
  occasion: z.enum(['morning', 'before_practice', 'it_hurts', 'red_flags']),
  place: z.enum(['today', 'player', 'log', 'check_in', 'feedback', 'visit']),
  subjectId: z.nullable(idSchema),
  lineageId: z.nullable(idSchema),
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
  pain: answerSchema,
  redFlags: redFlagsSchema,
  shown: z.nullable(shownSchema),
});
export type SaySymptoms = z.infer<typeof saySymptomsSchema>;

/** What is added to a check: the pain that was asked next, once; or that it was a slip, with what was meant instead. */
export const amendSymptomsSchema = z.object({
  opId: idSchema,
  checkId: idSchema,
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pain'), pain: answerSchema, shown: z.nullable(shownSchema) }),
    z.object({ kind: z.literal('slip'), pain: answerSchema, shown: z.nullable(shownSchema) }),
  ]),
});
export type AmendSymptoms = z.infer<typeof amendSymptomsSchema>;
