import * as z from 'zod/mini';
import { digitSchema, epochMsSchema, idSchema, lineSchema, proseSchema, sidesSchema } from '#domain/input/fields';
import { localDaySchema } from '#domain/time/local-day';
import { doseSchema } from './dose';

/** One exercise of a program as the editor sends it. `lineageId` is made once and stays over all versions. */
const prescriptionInputSchema = z.object({
  lineageId: idSchema,
  exerciseVersionId: idSchema,
  side: sidesSchema,
  digits: z.array(digitSchema).check(z.maxLength(5)),
  dose: doseSchema,
  notePatient: z.nullable(proseSchema(500)),
  fromOn: z.nullable(localDaySchema),
  untilOn: z.nullable(localDaySchema),
  /** Why strengthening is right before 12 weeks after surgery; null where the question does not arise. */
  overrideReason: z.nullable(lineSchema(500)),
});
export type PrescriptionInput = z.infer<typeof prescriptionInputSchema>;

export const createProgramSchema = z.object({ patientId: idSchema, title: lineSchema(120) });

export const saveDraftSchema = z.object({
  programId: idSchema,
  /** The number of the version that the editor began from; 0 for a new program. */
  basedOnNumber: z.int().check(z.minimum(0), z.maximum(100_000)),
  /** Made once for each time an editor is opened: a save that is sent twice is one draft, another window's is another. */
  draftId: idSchema,
  /** The draft that was seen and may be replaced, as it was saved then; any other that lies there is a conflict. */
  replaces: z.nullable(z.object({ draftId: idSchema, savedAt: epochMsSchema })),
  reason: proseSchema(500),
  prescriptions: z.array(prescriptionInputSchema).check(
    z.maxLength(40),
    z.refine((list) => new Set(list.map((one) => one.lineageId)).size === list.length),
  ),
});
export type SaveDraft = z.infer<typeof saveDraftSchema>;

/** Why more is asked of somebody while a flag of theirs is open; asked only then. */
export const flagReasonSchema = z.optional(z.nullable(lineSchema(500)));

/** Why it is published although it breaks a restriction that nobody signed for yet; asked only then. */
export const restrictionReasonSchema = z.optional(z.nullable(lineSchema(500)));

export const publishProgramSchema = z.object({
  programId: idSchema,
  basedOnNumber: z.int().check(z.minimum(0), z.maximum(100_000)),
  reason: proseSchema(500),
  flagReason: flagReasonSchema,
  restrictionReason: restrictionReasonSchema,
});

/** A change of dose made in a review or a visit; everything else of the prescription stays. */
export const doseChangeSchema = z.object({ lineageId: idSchema, dose: doseSchema });
export type DoseChange = z.infer<typeof doseChangeSchema>;
