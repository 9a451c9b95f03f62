import * as z from 'zod/mini';
import type { Joint } from '#domain/annotation/mark';
import { digitSchema, idSchema, lineSchema, proseSchema, type Sides } from '#domain/input/fields';
import { type LocalDay, localDaySchema } from '#domain/time/local-day';

export const RESTRICTION_KINDS = [
  'load',
  'motion',
  'strength_test',
  'water',
  'heat',
  'driving',
  'splint',
  'other',
] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** The joints of a mark, written out: Today reads restrictions, and nothing else of what can be drawn. */
export const RESTRICTED_JOINTS = [
  'mcp',
  'pip',
  'dip',
  'thumb_cmc',
  'thumb_mcp',
  'thumb_ip',
  'wrist',
  'forearm',
] as const satisfies readonly Joint[];

/** Motions as a goniometer chart names them; the general word covers its directions (`coversMotion`). */
const RESTRICTED_MOTIONS = [
  'flexion',
  'extension',
  'deviation',
  'radial_deviation',
  'ulnar_deviation',
  'abduction',
  'palmar_abduction',
  'radial_abduction',
  'pronation',
  'supination',
] as const;
export type RestrictedMotion = (typeof RESTRICTED_MOTIONS)[number];

const FINGER_MOTIONS = ['flexion', 'extension', 'abduction'] as const;
const HINGE_MOTIONS = ['flexion', 'extension'] as const;

/** The motions that each joint has, as far as somebody may restrict them. */
export const MOTIONS_OF_JOINT: Readonly<Record<Joint, readonly RestrictedMotion[]>> = {
  mcp: FINGER_MOTIONS,
  pip: HINGE_MOTIONS,
  dip: HINGE_MOTIONS,
  thumb_cmc: ['flexion', 'extension', 'abduction', 'palmar_abduction', 'radial_abduction'],
  thumb_mcp: FINGER_MOTIONS,
  thumb_ip: HINGE_MOTIONS,
  wrist: ['flexion', 'extension', 'deviation', 'radial_deviation', 'ulnar_deviation'],
  forearm: ['pronation', 'supination'],
};

/** Joints of which each finger has one of its own; the others are one of a hand. */
export const FINGER_JOINTS = ['mcp', 'pip', 'dip'] as const;

export function isFingerJoint(joint: Joint): joint is (typeof FINGER_JOINTS)[number] {
  return (FINGER_JOINTS as readonly string[]).includes(joint);
}

const motionLimitSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('motion'),
    joint: z.enum(RESTRICTED_JOINTS),
    /** Null = of every finger; fingers are named for finger joints alone. */
    digits: z.nullable(z.array(digitSchema).check(z.minLength(1), z.maxLength(4))),
    /** Null = in no direction. */
    motion: z.nullable(z.enum(RESTRICTED_MOTIONS)),
    activity: z.enum(['active', 'passive', 'both']),
    /**
     * Degrees at which the motion ends, signed as `domain/annotation/goniometry.ts` does: a finger that must not be
     * straightened further than 30° short of straight has 30. Null = not at all.
     */
    maxDegrees: z.nullable(z.int().check(z.gte(-90), z.lte(180))),
  })
  .check(
    z.refine(({ joint, motion }) => motion === null || MOTIONS_OF_JOINT[joint].includes(motion), {
      path: ['motion'],
      error: 'motion_of_joint',
    }),
    z.refine(({ joint, digits }) => digits === null || (isFingerJoint(joint) && !digits.includes('thumb')), {
      path: ['digits'],
      error: 'digits_of_joint',
    }),
    z.refine(({ motion, maxDegrees }) => maxDegrees === null || motion !== null, {
      path: ['maxDegrees'],
      error: 'degrees_of_motion',
    }),
  );

const plain = <K extends RestrictionKind>(kind: K) => z.object({ v: z.literal(1), kind: z.literal(kind) });

/** What is limited, and how far. Versioned: what was stored stays readable when a kind says more. */
export const restrictionLimitSchema = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('load'),
    /** kgf; null = no load at all. */
    maxKgf: z.nullable(z.number().check(z.gt(0), z.lte(100))),
  }),
  motionLimitSchema,
  plain('strength_test'),
  plain('water'),
  plain('heat'),
  plain('driving'),
  /** `when`: in words, such as "always but for exercises". */
  z.object({ v: z.literal(1), kind: z.literal('splint'), when: lineSchema(200) }),
  z.object({ v: z.literal(1), kind: z.literal('other'), text: lineSchema(300) }),
]);
export type RestrictionLimit = z.infer<typeof restrictionLimitSchema>;
export type MotionLimit = Extract<RestrictionLimit, { kind: 'motion' }>;

/** A restriction, as far as rules ask. */
export type Restriction = {
  id: string;
  /** The hand that the restricted hand problem is of. */
  side: Sides;
  limit: RestrictionLimit;
  /** The patient's local day from which it holds no more; null = until it is lifted. */
  untilOn: LocalDay | null;
  /** Epoch ms; null while it stands. */
  liftedAt: number | null;
};

/** Whether it holds on the patient's local day: it was not lifted, and `untilOn` is still to come. */
export function isRestricting(
  { untilOn, liftedAt }: Pick<Restriction, 'untilOn' | 'liftedAt'>,
  day: LocalDay,
): boolean {
  return liftedAt === null && (untilOn === null || day < untilOn);
}

/** Those that hold on a day, in their order. */
export function restrictionsOn<R extends Pick<Restriction, 'untilOn' | 'liftedAt'>>(
  list: readonly R[],
  day: LocalDay,
): R[] {
  return list.filter((one) => isRestricting(one, day));
}

/** Whether what is said of one hand, or of both, concerns the other side that is named. */
export function isOfHand(one: Sides, other: Sides): boolean {
  return one === 'both' || other === 'both' || one === other;
}

/** Whether a restricted motion covers another: itself, and a general word its directions, both ways. Null is any. */
export function coversMotion(restricted: RestrictedMotion | null, motion: string | null): boolean {
  if (restricted === null || motion === null || restricted === motion) return true;
  return [
    ['deviation', '_deviation'],
    ['abduction', '_abduction'],
  ].some(([word = '', ending = '']) => {
    const isGeneral = restricted === word || motion === word;
    return isGeneral && (restricted.endsWith(ending) || motion.endsWith(ending));
  });
}

const sourceSchema = lineSchema(200);

/** What is set: made by the client, so that what is sent twice is one restriction. */
export const setRestrictionSchema = z.object({
  patientId: idSchema,
  id: idSchema,
  limit: restrictionLimitSchema,
  untilOn: z.nullable(localDaySchema),
  /** Who or what said so. */
  source: sourceSchema,
  note: z.nullable(proseSchema(500)),
});
export type SetRestriction = z.infer<typeof setRestrictionSchema>;

/** Lifted and set anew: the old one stays in the history with why. */
export const changeRestrictionSchema = z.extend(setRestrictionSchema, {
  replacesId: idSchema,
  reason: lineSchema(500),
});

export const liftRestrictionSchema = z.object({
  patientId: idSchema,
  restrictionId: idSchema,
  reason: lineSchema(500),
});
