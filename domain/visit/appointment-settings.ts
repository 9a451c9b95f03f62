import * as z from 'zod/mini';
import { nameSchema, wholeNumber } from '#domain/input/fields';
import { VISIT_KINDS, visitModeSchema, visitTypeIdSchema } from './lifecycle';

/** What patients may do with a type of visit by themselves: take a free time, ask for one, or neither. */
export const PATIENTS_MAY = ['book', 'ask', 'none'] as const;

const visitTypeSchema = z.object({
  id: visitTypeIdSchema,
  /** Null: called by the word for its kind. */
  name: z.nullable(nameSchema(60)),
  kind: z.enum(VISIT_KINDS).check(z.refine((kind) => kind !== 'now', { error: 'kind' })),
  mode: visitModeSchema,
  durationMinutes: wholeNumber(5, 180),
  /** So long after it patients can book nothing with the same clinician. */
  bufferMinutes: wholeNumber(0, 120),
  patients: z.enum(PATIENTS_MAY),
  /** Not offered any more; visits that were booked as it keep its name. */
  retired: z.boolean(),
});
export type VisitType = z.infer<typeof visitTypeSchema>;

const areOnce = (types: readonly VisitType[]) => new Set(types.map(({ id }) => id)).size === types.length;

/** `version` counts the changes. In an edit it is the one that was on screen: another one meanwhile is a conflict. */
export const appointmentSettingsSchema = z.object({
  version: wholeNumber(1, 1_000_000),
  types: z.array(visitTypeSchema).check(z.maxLength(30), z.refine(areOnce, { error: 'twice' })),
  /** Patients take no time that is sooner than this. */
  noticeHours: wholeNumber(0, 336),
  /** Later than so long before a visit patients neither move it nor call it off by themselves. */
  changeHours: wholeNumber(0, 336),
  /** Patients take no time that is farther than this. */
  aheadDays: wholeNumber(1, 366),
  /** No patient has more visits to come that they took by themselves than this. */
  upcomingMax: wholeNumber(1, 20),
});
export type AppointmentSettings = z.infer<typeof appointmentSettingsSchema>;

/**
 * Editable defaults of engineering, no recommendation. Nothing is taken by patients alone until the clinic says so: they
 * ask for a review or a short check.
 */
export const DEFAULT_APPOINTMENT_SETTINGS: AppointmentSettings = {
  version: 1,
  types: [
    type({ id: 'first', kind: 'first', durationMinutes: 60, bufferMinutes: 10, patients: 'none' }),
    type({ id: 'review', kind: 'review', durationMinutes: 30, bufferMinutes: 5, patients: 'ask' }),
    type({ id: 'check', kind: 'check', durationMinutes: 15, bufferMinutes: 5, patients: 'ask' }),
  ],
  noticeHours: 24,
  changeHours: 24,
  aheadDays: 60,
  upcomingMax: 3,
};

function type(part: Pick<VisitType, 'id' | 'kind' | 'durationMinutes' | 'bufferMinutes' | 'patients'>): VisitType {
  return { ...part, name: null, mode: 'video', retired: false };
}

/** The type under an id; undefined where the clinic has none of that id. */
export function typeOf({ types }: AppointmentSettings, typeId: string | null): VisitType | undefined {
  return types.find(({ id }) => id === typeId);
}

/** A type that patients may take or ask for; undefined where the clinic offers them none of that id. */
export function offeredType(settings: AppointmentSettings, typeId: string | null): VisitType | undefined {
  const type = typeOf(settings, typeId);
  return type && !type.retired && type.patients !== 'none' ? type : undefined;
}
