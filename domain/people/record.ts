import * as z from 'zod/mini';
import { idSchema, lineSchema } from '#domain/input/fields';

/** A page of records by name. `cursor` is the last row of the page before. */
export const recordsQuerySchema = z.object({
  search: z.string().check(z.trim(), z.maxLength(120)),
  cursor: z.optional(z.nullable(z.object({ name: z.string().check(z.maxLength(120)), id: idSchema }))),
});

export type RecordsQuery = z.infer<typeof recordsQuerySchema>;

/** Why something is done to a record, in somebody's own words. */
export const reasonSchema = lineSchema(500).check(z.minLength(10));
