import * as z from 'zod/mini';
import { epochMsSchema, idSchema, lineSchema, proseSchema } from '#domain/input/fields';
import { revisionSchema } from '#domain/input/revision';
import { doseChangeSchema, flagReasonSchema, restrictionReasonSchema } from '#domain/program/draft';
import { deviceMsSchema } from '#domain/time/device-clock';
import { cueSchema } from './cue';

const STILL_BYTES_MAX = 8_000_000;
const NOTE_MAX = 8000;

/** A frozen frame. `received_frame` is what the clinician saw, maybe small; `patient_device` is the full size. */
export const addStillSchema = z.object({
  visitId: idSchema,
  /** Also the id of the stored picture. */
  stillId: idSchema,
  bytes: z.int().check(z.minimum(1), z.maximum(STILL_BYTES_MAX)),
  capturedAt: deviceMsSchema,
  source: z.enum(['patient_device', 'received_frame']),
});
export type AddStill = z.infer<typeof addStillSchema>;

/** Starts a cue, before or after it was announced to the other side; the pattern is what was really played. */
export const startCueSchema = z
  .object({ visitId: idSchema, cue: cueSchema })
  .check(z.refine(({ cue }) => cue.stoppedAtMs === null, { path: ['cue', 'stoppedAtMs'] }));

export const stopCueSchema = z.object({ visitId: idSchema, cueId: idSchema, stoppedAtMs: epochMsSchema });

export const saveNoteSchema = z.object({ visitId: idSchema, body: proseSchema(NOTE_MAX), revision: revisionSchema });

/** What the clinician tells the patient about the visit, in plain words. */
export const saveSummarySchema = z.object({
  visitId: idSchema,
  summary: proseSchema(4000),
  revision: revisionSchema,
});

/** New doses made during a visit; the reason is kept with the new version. */
export const changeVisitDoseSchema = z.object({
  visitId: idSchema,
  programId: idSchema,
  expectedProgramVersion: z.int().check(z.minimum(1), z.maximum(100_000)),
  changes: z.array(doseChangeSchema).check(z.minLength(1), z.maxLength(20)),
  reason: lineSchema(500),
  flagReason: flagReasonSchema,
  restrictionReason: restrictionReasonSchema,
});
