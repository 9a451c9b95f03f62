import * as z from 'zod/mini';
import { idSchema, lineSchema } from '#domain/input/fields';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';

/** What is often hard at home, of which Regrasp has words and a first suggestion in the reader's language. */
export const BARRIER_CODES = ['no_time', 'too_hard', 'phone', 'forget', 'tired', 'equipment', 'unsure'] as const;
export type BarrierCode = (typeof BARRIER_CODES)[number];
export const isKnownBarrier = (code: string): code is BarrierCode =>
  (BARRIER_CODES as readonly string[]).includes(code);

const wordsSchema = lineSchema(120);
const suggestionSchema = lineSchema(400);

/** One thing that is hard at home, and what the clinic suggests first. Null words are those of Regrasp for this code. */
const barrierSchema = z
  .object({
    /** One of `BARRIER_CODES`, or an id of the clinic's own. */
    code: z.union([z.enum(BARRIER_CODES), idSchema]),
    words: z.nullable(wordsSchema),
    suggestion: z.nullable(suggestionSchema),
  })
  .check(
    z.refine(({ code, words, suggestion }) => isKnownBarrier(code) || (words !== null && suggestion !== null), {
      error: 'without_words',
    }),
  );
export type Barrier = z.infer<typeof barrierSchema>;

/** What a clinic's patients may pick from, in its order; `version` is counted on at each change. */
export const barriersSchema = z.object({
  version: z.int().check(z.minimum(1)),
  items: z.array(barrierSchema).check(
    z.maxLength(20),
    z.refine((items) => new Set(items.map(({ code }) => code)).size === items.length),
  ),
});
export type Barriers = z.infer<typeof barriersSchema>;

/** Editable; a default, not a recommendation. */
export const DEFAULT_BARRIERS: Barriers = {
  version: 1,
  items: BARRIER_CODES.map((code) => ({ code, words: null, suggestion: null })),
};

/** What came of the suggestion: it helps, or the person asks the clinic. */
const BARRIER_OUTCOMES = ['helps', 'asks'] as const;
export type BarrierOutcome = (typeof BARRIER_OUTCOMES)[number];

/** What a patient found hard, with the words as they were read. Made by the device, and known by `barrierId` when it is sent again. */
export const sayBarrierSchema = z.object({
  barrierId: idSchema,
  /** Null = the hand problem that is open. */
  episodeId: z.nullable(idSchema),
  code: z.union([z.enum(BARRIER_CODES), idSchema]),
  words: wordsSchema,
  suggestion: suggestionSchema,
  outcome: z.enum(BARRIER_OUTCOMES),
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
});
export type SayBarrier = z.infer<typeof sayBarrierSchema>;
