import * as z from 'zod/mini';
import type { Mark, Point } from './mark';
import { envelopeSchema, type OperationEnvelope } from './operation';

/** A reliable data message with room for the transport's own header. */
export const OPERATION_BYTES_MAX = 15 * 1024;
/** Coordinates travel as uint16: a step is 0.02 px on a 1280 px picture. */
export const WIRE_STEPS = 65_535;

const step = z.int().check(z.gte(0), z.lte(WIRE_STEPS));
const packedPointsSchema = z.array(step).check(z.refine((steps) => steps.length % 2 === 0));

export type DecodeFailure = { ok: false; reason: 'too_large' | 'not_json' | 'invalid' };

/** The author's own message cannot be sent: too many bytes, or not what peers would accept. */
export class WireEncodeError extends RangeError {
  readonly code: 'too_large' | 'invalid';
  readonly byteLength: number;

  constructor(code: 'too_large' | 'invalid', byteLength: number) {
    super(`annotation message ${code} (${byteLength} bytes)`);
    this.name = 'WireEncodeError';
    this.code = code;
    this.byteLength = byteLength;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quantise(value: number): number {
  return Math.round(value * WIRE_STEPS);
}

/** Points as [x0, y0, x1, y1, …] in uint16 steps. */
export function packPoints(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [quantise(x), quantise(y)]);
}

function unpackPoints(packed: unknown): Point[] | null {
  const steps = packedPointsSchema.safeParse(packed);
  if (!steps.success) return null;
  const points: Point[] = [];
  for (let index = 0; index + 1 < steps.data.length; index += 2) {
    points.push({ x: (steps.data[index] ?? 0) / WIRE_STEPS, y: (steps.data[index + 1] ?? 0) / WIRE_STEPS });
  }
  return points;
}

function unpackPoint(packed: unknown): Point | null {
  const points = unpackPoints(packed);
  return points?.length === 1 ? (points[0] ?? null) : null;
}

function packMark(mark: Mark): Record<string, unknown> {
  if ('points' in mark) return { ...mark, points: packPoints(mark.points) };
  return mark.point ? { ...mark, point: packPoints([mark.point]) } : mark;
}

/** A parsed object with its packed `points` or `point` as points (null where they are not valid); else unchanged. */
export function unpackCoordinates(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const unpacked = { ...value };
  if ('points' in value) unpacked.points = unpackPoints(value.points);
  if ('point' in value) unpacked.point = unpackPoint(value.point);
  return unpacked;
}

function unpackEnvelope(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.op) || value.op.kind !== 'commit') return value;
  return { ...value, op: { ...value.op, mark: unpackCoordinates(value.op.mark) } };
}

/** UTF-8 JSON; throws `WireEncodeError` (too_large) above `bytesMax`. */
export function encodeJson(value: unknown, bytesMax: number): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (bytes.byteLength > bytesMax) throw new WireEncodeError('too_large', bytes.byteLength);
  return bytes;
}

/** Size check, then UTF-8 and JSON; never throws. */
export function decodeJson(bytes: Uint8Array, bytesMax: number): { ok: true; value: unknown } | DecodeFailure {
  if (bytes.byteLength > bytesMax) return { ok: false, reason: 'too_large' };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch {
    return { ok: false, reason: 'not_json' };
  }
}

/** At most 15 KiB of JSON; throws `WireEncodeError` for a larger or invalid operation. */
export function encodeOperation(envelope: OperationEnvelope): Uint8Array<ArrayBuffer> {
  const { op } = envelope;
  const packed = op.kind === 'commit' ? { ...envelope, op: { ...op, mark: packMark(op.mark) } } : envelope;
  const bytes = encodeJson(packed, OPERATION_BYTES_MAX);
  if (!envelopeSchema.safeParse(envelope).success) throw new WireEncodeError('invalid', bytes.byteLength);
  return bytes;
}

/** Reads any bytes of any sender; never throws. */
export function decodeOperation(bytes: Uint8Array): { ok: true; envelope: OperationEnvelope } | DecodeFailure {
  const json = decodeJson(bytes, OPERATION_BYTES_MAX);
  if (!json.ok) return json;
  const envelope = envelopeSchema.safeParse(unpackEnvelope(json.value));
  return envelope.success ? { ok: true, envelope: envelope.data } : { ok: false, reason: 'invalid' };
}

/** The operation as every peer will read it. The author applies this one, so that both states are equal. */
export function settleOperation(envelope: OperationEnvelope): OperationEnvelope {
  const decoded = decodeOperation(encodeOperation(envelope));
  if (!decoded.ok) throw new WireEncodeError('invalid', 0);
  return decoded.envelope;
}
