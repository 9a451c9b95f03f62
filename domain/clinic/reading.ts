import * as z from 'zod/mini';
import { epochMsSchema, idSchema, proseSchema } from '#domain/input/fields';

/** How somebody came upon a record: read it, looked at a picture or clip, was let in without being on the team, or broke the glass. */
export const READING_KINDS = ['record', 'media', 'cover', 'emergency'] as const;
export type ReadingKind = (typeof READING_KINDS)[number];

export const kindOfPolicy = (policy: string): ReadingKind => (policy === 'media.read' ? 'media' : 'record');

/** Where a page of readings goes on: after this row, which is older or, at the same instant, has the smaller id. */
const cursorSchema = z.object({ at: epochMsSchema, id: idSchema });
export type ReadingCursor = z.output<typeof cursorSchema>;

/** `person`: part of the name of who read or of whose record it was. `fromAt` to `untilAt`: the latter not included. */
export const readingFilterSchema = z.object({
  person: z.optional(proseSchema(80)),
  kind: z.optional(z.enum(READING_KINDS)),
  fromAt: z.optional(epochMsSchema),
  untilAt: z.optional(epochMsSchema),
});
export type ReadingFilter = z.output<typeof readingFilterSchema>;

export const readingsSchema = z.object({ filter: z.optional(readingFilterSchema), cursor: z.nullish(cursorSchema) });
export const ownReadingsSchema = z.object({ cursor: z.nullish(cursorSchema) });
