import * as z from 'zod/mini';
import { idSchema, lineSchema, proseSchema, storedTextSchema } from '#domain/input/fields';
import { reasonSchema } from './record';

// What only the server parses: pages would load it with the rest.
/** A page of records by name. `cursor` is the last row of the page before. */
export const recordsQuerySchema = z.object({
  search: proseSchema(120),
  cursor: z.optional(z.nullable(z.object({ name: storedTextSchema(120), id: idSchema }))),
});

export type RecordsQuery = z.infer<typeof recordsQuerySchema>;

/** The password again, before a record leaves the house or is erased. */
export const passwordAgainSchema = z.string().check(z.minLength(1), z.maxLength(256));

/** Breaking the glass: whose record, why, and the password again. */
export const openEmergencySchema = z.object({
  patientId: idSchema,
  reason: reasonSchema,
  password: passwordAgainSchema,
});

/** An admin has looked at an emergency access; what came of it is part of the record. */
export const reviewEmergencySchema = z.object({ emergencyId: idSchema, note: lineSchema(500) });

export const eraseSchema = z.object({
  patientId: idSchema,
  reason: reasonSchema,
  /** The name of the person, typed. */
  confirm: z.string().check(z.maxLength(240)),
  password: passwordAgainSchema,
});
