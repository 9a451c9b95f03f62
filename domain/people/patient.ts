import * as z from 'zod/mini';
import { idSchema, lineSchema, nameSchema, proseSchema, sideSchema, sidesSchema } from '#domain/input/fields';
import { phoneSchema } from '#domain/input/phone-field';
import { localDaySchema, timeZoneSchema } from '#domain/time/local-day';

const optionalPhone = z.nullable(phoneSchema);

const episodeFields = {
  condition: lineSchema(160),
  side: sidesSchema,
  injuryOn: z.nullable(localDaySchema),
  surgeryOn: z.nullable(localDaySchema),
  precautions: proseSchema(2000),
};

const birthYearSchema = z.nullable(z.int().check(z.minimum(1900), z.maximum(2100)));

/** Whether somebody may be born in this year: it has begun where they live. `today`: a local day. Null is not known. */
export function isBirthYear(birthYear: number | null, today: string): boolean {
  return birthYear === null || birthYear <= Number(today.slice(0, 4));
}

const dominantHandSchema = z.enum(['left', 'right', 'both', 'unknown']);
export type DominantHand = z.infer<typeof dominantHandSchema>;

/** For norms alone, which are of women and of men; null = not said, and then nothing is compared with any. */
const sexSchema = z.nullable(z.enum(['female', 'male']));

export const addPatientSchema = z.object({
  name: nameSchema(120),
  birthYear: birthYearSchema,
  dominantHand: dominantHandSchema,
  /** The hand that holds the phone. */
  operatesWith: sideSchema,
  timeZone: timeZoneSchema,
  phone: optionalPhone,
  emergencyContact: z.nullable(lineSchema(200)),
  ...episodeFields,
});

export type AddPatient = z.infer<typeof addPatientSchema>;

export const editPatientSchema = z.object({
  patientId: idSchema,
  name: nameSchema(120),
  /** Without it, it stays as it is; null = not known. */
  birthYear: z.optional(birthYearSchema),
  /** Without it, it stays as it is. */
  sex: z.optional(sexSchema),
  /** Without it, it stays as it is. */
  dominantHand: z.optional(dominantHandSchema),
  operatesWith: sideSchema,
  timeZone: timeZoneSchema,
  phone: optionalPhone,
  emergencyContact: z.nullable(lineSchema(200)),
});

export const OTHER_HAND = ['move', 'leave', 'end'] as const;

/**
 * What becomes of exercises that are for the hand that it is not, where the side of a hand problem is changed: moved to
 * the other hand, left as they are, or their program ends. `reason` is kept with the version that a move makes.
 */
const otherHandSchema = z.object({
  what: z.enum(OTHER_HAND),
  reason: lineSchema(500),
  /** Why a hand that was spared is asked for while a flag is open. */
  flagReason: z.optional(z.nullable(lineSchema(500))),
  /** Why a hand is asked for that is restricted. */
  restrictionReason: z.optional(z.nullable(lineSchema(500))),
});
export type OtherHand = z.infer<typeof otherHandSchema>;

export const editEpisodeSchema = z.object({
  patientId: idSchema,
  episodeId: idSchema,
  ...episodeFields,
  otherHand: z.optional(z.nullable(otherHandSchema)),
});

export const CONSENT_KINDS = ['telehealth', 'live_video', 'stills', 'clips', 'caregiver', 'teaching'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** The version of the consent texts in the message catalogue; a changed text is a new version and is asked again. */
export const CONSENT_TEXT_VERSION = '2026-12';

/** How long a clinic keeps what is made under a consent, in days; null = as long as the record. */
export type KeptDays = { clips: number | null; stills: number | null };

type Consent = { kind: ConsentKind; textVersion: string; keepDays: number | null; revokedAt: number | null };

/** What a consent of this kind says about keeping; null also where its text says nothing of it. */
export function keptUnder(kind: ConsentKind, kept: KeptDays): number | null {
  return kind === 'clips' || kind === 'stills' ? kept[kind] : null;
}

/**
 * Whether this consent is to the text as it stands and was not taken back. Who agreed to an older text, or to less than
 * the clinic keeps now, is asked again before the next use; what was made under it stays as it was agreed.
 */
export function isInForce(consent: Consent | undefined, kept: KeptDays): boolean {
  if (consent?.revokedAt !== null || consent.textVersion !== CONSENT_TEXT_VERSION) return false;
  const { kind, keepDays } = consent;
  if (keepDays === null || (kind !== 'clips' && kind !== 'stills')) return true;
  const now = keptUnder(kind, kept);
  return now !== null && now <= keepDays;
}

/** What must be agreed before the first use of the product; video, pictures and clips before the first of each. */
export const FIRST_USE_CONSENTS: readonly ConsentKind[] = ['telehealth'];

export const changeConsentSchema = z.object({
  kinds: z.array(z.enum(CONSENT_KINDS)).check(z.minLength(1), z.maxLength(6)),
  given: z.boolean(),
});

/** Who joins by themselves says why, in words of their own. */
export const joinCareTeamSchema = z.object({
  patientId: idSchema,
  reason: proseSchema(400).check(z.minLength(10)),
});

export const careTeamPartSchema = z.enum(['lead', 'member', 'cover']);
