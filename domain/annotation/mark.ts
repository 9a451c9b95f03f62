import * as z from 'zod/mini';
import { type Digit, digitSchema, FINGERS, idSchema, sideSchema } from '#domain/input/fields';

/** Points of one mark after simplification. */
export const POINTS_MAX = 512;
const TEXT_CHARACTERS_MAX = 200;
const FRAME_MAX = 2_147_483_647;
const ASPECT_MIN = 0.1;
const ASPECT_MAX = 10;

const unit = z.number().check(z.gte(0), z.lte(1));
const frame = z.int().check(z.gte(0), z.lte(FRAME_MAX));

/** A place in the unmirrored video content: both in [0,1], origin top left. */
export const pointSchema = z.object({ x: unit, y: unit });
export type Point = z.infer<typeof pointSchema>;

export const jointSchema = z.enum(['mcp', 'pip', 'dip', 'thumb_cmc', 'thumb_mcp', 'thumb_ip', 'wrist', 'forearm']);
export type Joint = z.infer<typeof jointSchema>;

const motionSchema = z.enum(['flexion', 'extension', 'deviation', 'abduction']);
export type Motion = z.infer<typeof motionSchema>;
export const activitySchema = z.enum(['active', 'passive', 'assisted']);
export const viewSchema = z.enum(['radial', 'ulnar', 'dorsal', 'palmar']);

/** `view` is the side of the measured part (digit, wrist or forearm) that faces the camera. */
export const angleMeasurementSchema = z
  .object({
    joint: jointSchema,
    digit: z.nullable(digitSchema),
    side: sideSchema,
    motion: motionSchema,
    activity: activitySchema,
    view: viewSchema,
    /** Beyond what the joint usually does, and kept by whoever measured it. */
    unusual: z.optional(z.literal(true)),
  })
  .check(z.refine((measurement) => digitsOf(measurement.joint).includes(measurement.digit)));
export type AngleMeasurement = z.infer<typeof angleMeasurementSchema>;

export const anchorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('still'), stillId: idSchema }),
  z
    .object({
      kind: z.literal('frames'),
      from: frame,
      to: frame,
      /** Which clip, where the surface has several; left out = the one that the surface was made for. */
      mediaId: z.optional(idSchema),
    })
    .check(z.refine((range) => range.from <= range.to)),
]);
export type Anchor = z.infer<typeof anchorSchema>;
export type FramesAnchor = Extract<Anchor, { kind: 'frames' }>;

export const aspectSchema = z.number().check(z.gte(ASPECT_MIN), z.lte(ASPECT_MAX));

const common = {
  markId: idSchema,
  anchor: anchorSchema,
  /** Width / height of the video content when the mark was drawn. */
  aspect: aspectSchema,
  side: z.nullable(sideSchema),
  lineageId: z.optional(idSchema),
  replaces: z.optional(idSchema),
};
const twoPoints = z.tuple([pointSchema, pointSchema]);

/** Not blank, no NUL and no lone surrogate: PostgreSQL stores neither. */
const markText = z.string().check(z.maxLength(TEXT_CHARACTERS_MAX), z.regex(/\S/), z.regex(/^[^\0\p{Surrogate}]*$/u));

/** One drawing on a surface. Immutable: a change is a new mark that `replaces` the old one. */
export const markSchema = z
  .discriminatedUnion('kind', [
    z.object({
      ...common,
      kind: z.literal('pen'),
      points: z.array(pointSchema).check(z.minLength(2), z.maxLength(POINTS_MAX)),
    }),
    z.object({ ...common, kind: z.literal('arrow'), points: twoPoints }),
    z.object({ ...common, kind: z.literal('line'), points: twoPoints }),
    z.object({ ...common, kind: z.literal('ellipse'), points: twoPoints }),
    z
      .object({
        ...common,
        kind: z.literal('angle'),
        /** Proximal, joint, distal. */
        points: z.tuple([pointSchema, pointSchema, pointSchema]),
        measurement: z.optional(angleMeasurementSchema),
      })
      .check(z.refine((mark) => !mark.measurement || mark.measurement.side === mark.side)),
    z.object({ ...common, kind: z.literal('point'), point: pointSchema }),
    z.object({ ...common, kind: z.literal('text'), point: pointSchema, text: markText }),
    z.object({
      ...common,
      kind: z.literal('error_tag'),
      code: z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)),
      point: z.optional(pointSchema),
    }),
  ])
  .check(z.refine((mark) => mark.replaces !== mark.markId));
export type Mark = z.infer<typeof markSchema>;
export type MarkKind = Mark['kind'];
export type AngleMark = Extract<Mark, { kind: 'angle' }>;
export type ErrorTagMark = Extract<Mark, { kind: 'error_tag' }>;

/** Digits that make a measurement of this joint complete; `[null]` where the joint belongs to no digit. */
export function digitsOf(joint: Joint): readonly (Digit | null)[] {
  if (joint === 'wrist' || joint === 'forearm') return [null];
  return joint.startsWith('thumb_') ? ['thumb'] : FINGERS;
}

const HINGE_MOTIONS = ['flexion', 'extension', 'deviation'] as const;

/** Motions of this joint that three points in a picture can show; none for the forearm, which turns about itself. */
export function motionsOf(joint: Joint): readonly Motion[] {
  if (joint === 'forearm') return [];
  return joint === 'mcp' || joint === 'thumb_cmc' ? [...HINGE_MOTIONS, 'abduction'] : HINGE_MOTIONS;
}

/** True for an angle with its complete measurement; every other mark is a drawing. */
export function isMeasurement(mark: Mark): mark is AngleMark & { measurement: AngleMeasurement } {
  return mark.kind === 'angle' && mark.measurement !== undefined;
}

/** All points of a mark in drawing order; none for an error tag without a place. */
export function markPoints(mark: Mark): readonly Point[] {
  if ('points' in mark) return mark.points;
  return mark.point ? [mark.point] : [];
}
