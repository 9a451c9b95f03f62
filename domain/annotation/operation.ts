import * as z from 'zod/mini';
import { idSchema } from '#domain/input/fields';
import { markSchema } from './mark';

export const REMOVED_MARKS_MAX = 256;

const epochMs = z.int().check(z.gte(0));

export const operationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('commit'), mark: markSchema }),
  z.object({
    kind: z.literal('remove'),
    markIds: z.array(idSchema).check(z.minLength(1), z.maxLength(REMOVED_MARKS_MAX)),
  }),
  z.object({
    kind: z.literal('stage'),
    stillId: z.nullable(idSchema),
    /** Whose camera is on the stage while no still is; the patient's where nothing is said. */
    shows: z.optional(z.enum(['patient', 'clinician'])),
  }),
]);
export type Operation = z.infer<typeof operationSchema>;

/** What travels and is stored. Author and surface come from the transport and the roster, never from here. */
export const envelopeSchema = z.object({
  v: z.literal(1),
  opId: idSchema,
  lamport: z.int().check(z.gte(0)),
  tMs: epochMs,
  op: operationSchema,
});
export type OperationEnvelope = z.infer<typeof envelopeSchema>;

export const authorRoleSchema = z.enum(['clinician', 'patient', 'observer']);
export type AuthorRole = z.infer<typeof authorRoleSchema>;
export type Author = { readonly authorId: string; readonly role: AuthorRole };

/** Whether an operation may change what was measured: an angle comes, or marks go. */
export function mayMeasure(op: Operation): boolean {
  return op.kind === 'remove' || (op.kind === 'commit' && op.mark.kind === 'angle');
}
