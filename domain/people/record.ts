import * as z from 'zod/mini';
import { idSchema, lineSchema } from '#domain/input/fields';

/** A page of records by name. `cursor` is the last row of the page before. */
export const recordsQuerySchema = z.object({
  search: z.string().check(z.trim(), z.maxLength(120)),
  cursor: z.optional(z.nullable(z.object({ name: z.string().check(z.maxLength(120)), id: idSchema }))),
});

export type RecordsQuery = z.infer<typeof recordsQuerySchema>;

/** The password again, before a record leaves the house or is erased. */
export const passwordAgainSchema = z.string().check(z.minLength(1), z.maxLength(256));

/**
 * Whether somebody typed the name of the person whose record it is: the second confirmation of what nothing brings back.
 * Case and outer spaces do not matter.
 */
export function isNameOf(typed: string, name: string): boolean {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(typed) === plain(name);
}

/** Why something is done to a record, in somebody's own words. */
export const reasonSchema = lineSchema(500).check(z.minLength(10));

export const eraseSchema = z.object({
  patientId: idSchema,
  reason: reasonSchema,
  /** The name of the person, typed. */
  confirm: z.string().check(z.maxLength(240)),
  password: passwordAgainSchema,
});
