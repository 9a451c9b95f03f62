import * as z from 'zod/mini';
import { idSchema, sideSchema } from '#domain/input/fields';

/** Points of one mark after simplification. */
export const POINTS_MAX = 512;
export const TEXT_CHARACTERS_MAX = 200;
export const REMOVED_MARKS_MAX = 256;
const FRAME_MAX = 2_147_483_647;
const ASPECT_MIN = 0.1;
const ASPECT_MAX = 10;
const FINGERS = ['index', 'middle', 'ring', 'little'] as const;

const unit = z.number().check(z.gte(0), z.lte(1));
const epochMs = z.int().check(z.gte(0));
const frame = z.int().check(z.gte(0), z.lte(FRAME_MAX));

/** A place in the unmirrored video content: both in [0,1], origin top left. */
export const pointSchema = z.object({ x: unit, y: unit });
export type Point = z.infer<typeof pointSchema>;

export const jointSchema = z.enum(['mcp', 'pip', 'dip', 'thumb_cmc', 'thumb_mcp', 'thumb_ip', 'wrist', 'forearm']);
export type Joint = z.infer<typeof jointSchema>;

export const digitSchema = z.enum(['thumb', ...FINGERS]);
export type Digit = z.infer<typeof digitSchema>;

export const motionSchema = z.enum(['flexion', 'extension', 'deviation', 'abduction']);
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
