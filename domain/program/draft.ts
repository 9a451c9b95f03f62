import { dequal } from 'dequal/lite';
import * as z from 'zod/mini';
import { digitSchema } from '#domain/annotation/mark';
import { epochMsSchema, idSchema, lineSchema, proseSchema, sidesSchema } from '#domain/input/fields';
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

/**
 * What somebody changed since version `base`, put on the newer version `theirs`: what they did not touch follows the
 * newer version, value by value; what both touched stays theirs (`mine`), and exercises added on either side stay. The
 * order is mine.
 */
export function rebased(
  base: readonly PrescriptionInput[],
  mine: readonly PrescriptionInput[],
  theirs: readonly PrescriptionInput[],
): PrescriptionInput[] {
  const before = byLineage(base);
  const after = byLineage(theirs);
  const kept = mine.flatMap((one) => {
    const was = before.get(one.lineageId);
    if (!was) return [one];
    const now = after.get(one.lineageId);
    if (!now) return dequal(was, one) ? [] : [one];
    const dose = merged(was.dose, one.dose, now.dose);
    const repsMax = Math.max(dose.repsMin, dose.repsMax);
    return [{ ...merged(was, one, now), dose: { ...dose, repsMax } }];
  });
  const known = byLineage(mine);
  const added = theirs.filter(({ lineageId }) => !known.has(lineageId) && !before.has(lineageId));
  return [...kept, ...added];
}

function merged<T extends object>(was: T, mine: T, theirs: T): T {
  const keys = Object.keys(mine) as (keyof T)[];
  const changed = keys.filter((key) => !dequal(was[key], mine[key]));
  return { ...theirs, ...Object.fromEntries(changed.map((key) => [key, mine[key]])) };
}

function byLineage(list: readonly PrescriptionInput[]): Map<string, PrescriptionInput> {
  return new Map(list.map((one) => [one.lineageId, one]));
}

export const publishProgramSchema = z.object({
  programId: idSchema,
  basedOnNumber: z.int().check(z.minimum(0), z.maximum(100_000)),
  reason: proseSchema(500),
});

/** A change of dose made in a review or a visit; everything else of the prescription stays. */
export const doseChangeSchema = z.object({ lineageId: idSchema, dose: doseSchema });
export type DoseChange = z.infer<typeof doseChangeSchema>;
