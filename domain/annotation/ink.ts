import * as z from 'zod/mini';
import { idSchema } from '#domain/input/fields';
import { type Anchor, anchorSchema, aspectSchema, POINTS_MAX, type Point, pointSchema } from './mark';
import { type DecodeFailure, decodeJson, encodeJson, packPoints, unpackCoordinates, WireEncodeError } from './wire';

/** One lossy packet below every path's MTU. */
export const INK_BYTES_MAX = 1300;
export const INK_POINTS_PER_MESSAGE_MAX = 64;
/** Points sent again with each extend, so that a lost packet heals. */
export const INK_POINTS_REPEATED = 8;
export const INK_SILENCE_MS = 1500;
export const INK_MARKS_PER_AUTHOR_MAX = 8;
const ENDED_MARKS_REMEMBERED = 256;

const inkMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    markId: idSchema,
    kind: z.enum(['pen', 'arrow', 'line', 'ellipse', 'angle']),
    anchor: anchorSchema,
    aspect: aspectSchema,
    point: pointSchema,
  }),
  z.object({
    type: z.literal('extend'),
    markId: idSchema,
    from: z.int().check(z.gte(0), z.lt(POINTS_MAX)),
    points: z.array(pointSchema).check(z.minLength(1), z.maxLength(INK_POINTS_PER_MESSAGE_MAX)),
  }),
  z.object({ type: z.literal('pointer'), point: pointSchema }),
]);
export type InkMessage = z.infer<typeof inkMessageSchema>;
type Begin = Extract<InkMessage, { type: 'begin' }>;
type Extend = Extract<InkMessage, { type: 'extend' }>;

export type InkStroke = {
  readonly kind: Begin['kind'];
  readonly anchor: Anchor;
  readonly aspect: number;
  /** By index of the author's stroke; null where a lost packet has not been repeated yet. */
  readonly slots: readonly (Point | null)[];
  readonly heardAtMs: number;
};

type AuthorInk = {
  readonly strokes: ReadonlyMap<string, InkStroke>;
  readonly pointer: { readonly point: Point; readonly heardAtMs: number } | null;
};

/** Drawing in progress, by author id. Lossy, outside the reducer, never stored. */
export type Ink = {
  readonly authors: ReadonlyMap<string, AuthorInk>;
  /** Committed or removed lately: a late packet must not draw them again. Oldest first. */
  readonly endedMarkIds: readonly string[];
};

export const emptyInk: Ink = { authors: new Map(), endedMarkIds: [] };
const noInk: AuthorInk = { strokes: new Map(), pointer: null };

/** At most 1300 bytes; throws `WireEncodeError` for a larger or invalid message. */
export function encodeInk(message: InkMessage): Uint8Array<ArrayBuffer> {
  const packed =
    message.type === 'extend'
      ? { ...message, points: packPoints(message.points) }
      : { ...message, point: packPoints([message.point]) };
  const bytes = encodeJson(packed, INK_BYTES_MAX);
  if (!inkMessageSchema.safeParse(message).success) throw new WireEncodeError('invalid', bytes.byteLength);
  return bytes;
}

/** Reads any bytes of any sender; never throws. */
export function decodeInk(bytes: Uint8Array): { ok: true; message: InkMessage } | DecodeFailure {
  const json = decodeJson(bytes, INK_BYTES_MAX);
  if (!json.ok) return json;
  const message = inkMessageSchema.safeParse(unpackCoordinates(json.value));
  return message.success ? { ok: true, message: message.data } : { ok: false, reason: 'invalid' };
}

/** The extends that bring a peer from `sentCount` points to all of them, repeating the last ones. */
export function inkExtends(markId: string, points: readonly Point[], sentCount: number): Extend[] {
  const messages: Extend[] = [];
  const end = Math.min(points.length, POINTS_MAX);
  const start = Math.max(0, Math.min(sentCount, end) - INK_POINTS_REPEATED);
  for (let from = start; from < end; from += INK_POINTS_PER_MESSAGE_MAX) {
    const chunk = points.slice(from, Math.min(from + INK_POINTS_PER_MESSAGE_MAX, end));
    messages.push({ type: 'extend', markId, from, points: chunk });
  }
  return messages;
}

function withAuthor(ink: Ink, authorId: string, change: Partial<AuthorInk>): Ink {
  const current = ink.authors.get(authorId) ?? noInk;
  return { ...ink, authors: new Map(ink.authors).set(authorId, { ...current, ...change }) };
}

/** Room for one more: the strokes heard longest ago give way. */
function makeRoom(strokes: ReadonlyMap<string, InkStroke>): Map<string, InkStroke> {
  const byAge = [...strokes].sort(([, a], [, b]) => b.heardAtMs - a.heardAtMs);
  return new Map(byAge.slice(0, INK_MARKS_PER_AUTHOR_MAX - 1));
}

function begin(ink: Ink, authorId: string, message: Begin, nowMs: number): Ink {
  const strokes = (ink.authors.get(authorId) ?? noInk).strokes;
  const known = strokes.get(message.markId);
  const { kind, anchor, aspect, point } = message;
  const stroke = known ? { ...known, heardAtMs: nowMs } : { kind, anchor, aspect, slots: [point], heardAtMs: nowMs };
  const room = known ? new Map(strokes) : makeRoom(strokes);
  return withAuthor(ink, authorId, { strokes: room.set(message.markId, stroke) });
}

function fillSlots(slots: InkStroke['slots'], from: number, points: readonly Point[]): (Point | null)[] {
  const length = Math.min(POINTS_MAX, Math.max(slots.length, from + points.length));
  return Array.from({ length }, (_, index) => points[index - from] ?? slots[index] ?? null);
}

function extend(ink: Ink, authorId: string, message: Extend, nowMs: number): Ink {
  const strokes = ink.authors.get(authorId)?.strokes;
  const stroke = strokes?.get(message.markId);
  if (!strokes || !stroke) return ink;
  const slots = fillSlots(stroke.slots, message.from, message.points);
  return withAuthor(ink, authorId, {
    strokes: new Map(strokes).set(message.markId, { ...stroke, slots, heardAtMs: nowMs }),
  });
}

/**
 * Ink after one message of `authorId` (from the transport), heard at `nowMs`. A repeated begin is harmless, so the
 * sender repeats it against loss; an extend without its begin is ignored; an author touches only own ink.
 */
export function inkReducer(ink: Ink, authorId: string, message: InkMessage, nowMs: number): Ink {
  if (message.type === 'pointer') {
    return withAuthor(ink, authorId, { pointer: { point: message.point, heardAtMs: nowMs } });
  }
  if (ink.endedMarkIds.includes(message.markId)) return ink;
  return message.type === 'begin' ? begin(ink, authorId, message, nowMs) : extend(ink, authorId, message, nowMs);
}

function filterInk(ink: Ink, keeps: (stroke: InkStroke, markId: string) => boolean): Map<string, AuthorInk> {
  const authors = new Map<string, AuthorInk>();
  for (const [authorId, own] of ink.authors) {
    const strokes = new Map([...own.strokes].filter(([markId, stroke]) => keeps(stroke, markId)));
    authors.set(authorId, { ...own, strokes });
  }
  return authors;
}

/** Ends marks that were committed or removed: the committed mark takes the place of its ink. */
export function dropInk(ink: Ink, markIds: readonly string[]): Ink {
  const ended = [...ink.endedMarkIds.filter((markId) => !markIds.includes(markId)), ...markIds];
  return {
    authors: filterInk(ink, (_, markId) => !markIds.includes(markId)),
    endedMarkIds: ended.slice(-ENDED_MARKS_REMEMBERED),
  };
}

/** Takes away strokes and pointers that have been silent for 1.5 s; the same object when there are none. */
export function expireInk(ink: Ink, nowMs: number): Ink {
  const isHeard = (entry: { readonly heardAtMs: number } | null) => !entry || nowMs - entry.heardAtMs < INK_SILENCE_MS;
  const all = [...ink.authors.values()];
  if (all.every(({ strokes, pointer }) => isHeard(pointer) && [...strokes.values()].every(isHeard))) return ink;
  const authors = new Map<string, AuthorInk>();
  for (const [authorId, own] of filterInk(ink, isHeard)) {
    const pointer = isHeard(own.pointer) ? own.pointer : null;
    if (pointer || own.strokes.size > 0) authors.set(authorId, { ...own, pointer });
  }
  return { ...ink, authors };
}

/** The points to draw; a gap is bridged by a straight line until it heals. */
export function inkPoints(stroke: InkStroke): Point[] {
  return stroke.slots.filter((point) => point !== null);
}
