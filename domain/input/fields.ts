import * as z from 'zod/mini';
import { isVisible, readEmail, readLine, readName } from './typed-text';

/** No NUL and no half of a surrogate pair: PostgreSQL stores neither. */
const storable = z.regex(/^[^\0\p{Surrogate}]*$/u, { error: 'not_storable' });

/** A UUID of any version, lower case, so that one row has one spelling. */
export const idSchema = z.uuid().check(z.lowercase());

function textToSee(max: number, read: (typed: string) => string) {
  // Many times as long where it is made of marks that nobody sees: what is more is no text of a person.
  return z.string().check(
    z.maxLength(max * 8),
    z.overwrite(read),
    z.minLength(1),
    z.maxLength(max),
    storable,
    z.refine((text) => isVisible(text)),
  );
}

/** A short text for people: as `readLine` makes it, 1 to `max` characters, something to see among them. */
export function lineSchema(max = 120) {
  return textToSee(max, readLine);
}

/** What somebody or something is called: as `readName` makes it, one word or many, 1 to `max` characters. */
export function nameSchema(max = 120) {
  return textToSee(max, readName);
}

/** Free text for people: trimmed, 0 to `max` characters. */
export function proseSchema(max = 4000) {
  return z.string().check(z.trim(), z.maxLength(max), storable);
}

/** A text as it is stored, 0 to `max` characters: what a page gives back to say where the next one begins. */
export function storedTextSchema(max: number) {
  return z.string().check(z.maxLength(max), storable);
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number) {
  return z.int().check(z.gte(min), z.lte(max));
}

/** The place of a row among those of its kind: 32 bits, as PostgreSQL stores and compares it. */
export const revisionSchema = wholeNumber(0, 2 ** 31 - 1);

/** The end of what may be planned: 1 January 2100, UTC. */
export const LAST_MS = 4_102_444_800_000;
/** Milliseconds since the epoch, UTC, between 2000 and 2100. */
export const epochMsSchema = z.int().check(z.minimum(946_684_800_000), z.maximum(LAST_MS));
/** The last row of the page before, in a list by time. */
export const placeSchema = z.object({ at: epochMsSchema, id: idSchema });

/** As `readEmail` makes it, with exactly one `@`. */
export const emailSchema = z
  .string()
  .check(z.maxLength(1024), z.overwrite(readEmail), z.maxLength(254), storable, z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/));

/** OWASP: at least 8 characters (12 for us), at most 256, no composition rules. */
export const newPasswordSchema = z.string().check(z.minLength(12), z.maxLength(256));

export const sideSchema = z.enum(['left', 'right']);
export const sidesSchema = z.enum(['left', 'right', 'both']);
export const disciplineSchema = z.enum(['OT', 'PT', 'CHT', 'neurology', 'other']);
export const roleSchema = z.enum(['clinician', 'assistant', 'admin']);

export type Side = z.infer<typeof sideSchema>;
export type Sides = z.infer<typeof sidesSchema>;
export type Discipline = z.infer<typeof disciplineSchema>;
export type Role = z.infer<typeof roleSchema>;

export const FINGERS = ['index', 'middle', 'ring', 'little'] as const;
export const digitSchema = z.enum(['thumb', ...FINGERS]);
export type Digit = z.infer<typeof digitSchema>;
