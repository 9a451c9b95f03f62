import * as z from 'zod/mini';

const noNul = z.refine<string>((value) => !value.includes('\u0000'), { error: 'nul' });

/** A UUID of any version, lower case, so that one row has one spelling. */
export const idSchema = z.uuid().check(z.lowercase());

/** One line for people: trimmed, 1 to `max` characters, no NUL. */
export function lineSchema(max = 120) {
  return z.string().check(z.trim(), z.minLength(1), z.maxLength(max), noNul);
}

/** Free text for people: 0 to `max` characters, no NUL. */
export function proseSchema(max = 4000) {
  return z.string().check(z.trim(), z.maxLength(max), noNul);
}

/** Milliseconds since the epoch, UTC, between 2000 and 2100. */
export const epochMsSchema = z.int().check(z.minimum(946_684_800_000), z.maximum(4_102_444_800_000));

/** An international phone number as people write it: digits, spaces, `+ - ( ) . /`. */
export const phoneSchema = z
  .string()
  .check(z.trim(), z.minLength(3), z.maxLength(32), z.regex(/^[+0-9][0-9 ().\-/]*$/));

/** Normalised as NFKC and lower case, with exactly one `@`: full-width look-alikes must not name another account. */
export const emailSchema = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(254)),
    z.transform((value: string) => value.normalize('NFKC').trim().toLowerCase()),
  ),
  z.string().check(noNul, z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/)),
);

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
