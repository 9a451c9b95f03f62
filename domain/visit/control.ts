import * as z from 'zod/mini';
import { decodeJson, encodeJson } from '#domain/annotation/wire';
import { idSchema } from '#domain/input/fields';
import { cueSchema } from './cue';

/** Control messages are small; a freeze that keeps many marks is the largest. */
export const CONTROL_BYTES_MAX = 4096;
export const KEPT_MARKS_MAX = 64;

/** What one side asks of the other besides drawing. The sender comes from the transport, never from here. */
const visitControlSchema = z.discriminatedUnion('kind', [
  /** "Take a picture now": the device that holds the camera grabs its own full-size frame. Clinicians only. */
  z.object({
    v: z.literal(1),
    kind: z.literal('freeze'),
    stillId: idSchema,
    /** Live marks that belong on this picture; each side puts its own there. */
    keeps: z.optional(z.array(idSchema).check(z.maxLength(KEPT_MARKS_MAX))),
  }),
  /** A cue that starts or has been stopped; times by the server's clock, so that both sides mean the same instant. */
  z.object({ v: z.literal(1), kind: z.literal('cue'), cue: cueSchema }),
  /** "I go on in this window": to one's own other windows, which fall silent. Of anybody else it means nothing. */
  z.object({ v: z.literal(1), kind: z.literal('take_over') }),
]);
export type VisitControl = z.infer<typeof visitControlSchema>;

/** Throws `WireEncodeError` above 4 KiB, which no valid message reaches. */
export function encodeControl(message: VisitControl): Uint8Array<ArrayBuffer> {
  return encodeJson(message, CONTROL_BYTES_MAX);
}

/** Reads any bytes of any sender: null where they are too large, malformed or unknown. Never throws. */
export function decodeControl(bytes: Uint8Array): VisitControl | null {
  const json = decodeJson(bytes, CONTROL_BYTES_MAX);
  if (!json.ok) return null;
  const message = visitControlSchema.safeParse(json.value);
  return message.success ? message.data : null;
}

/** May someone in this role send it? */
export function mayControl(role: 'clinician' | 'patient' | 'observer', { kind }: VisitControl): boolean {
  return kind === 'take_over' || role === 'clinician' || (role === 'patient' && kind === 'cue');
}
