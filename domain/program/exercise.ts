import * as z from 'zod/mini';
import { doseSchema } from './dose';
import { exerciseTextSchema, line } from './exercise-text';
import { poseFrameSchema } from './pose';

export const EXERCISE_CATEGORIES = [
  'range_of_motion',
  'tendon_glide',
  'isometric',
  'putty',
  'pinch',
  'extensor',
  'wrist',
  'dexterity',
  'sensory',
  'mirror',
  'daily_task',
  'preparation',
  'recovery',
] as const;
export const exerciseCategorySchema = z.enum(EXERCISE_CATEGORIES);
export type ExerciseCategory = z.infer<typeof exerciseCategorySchema>;

const muscleGroupSchema = z.enum(['flexors', 'extensors', 'small_muscles', 'thumb', 'wrist', 'forearm', 'shoulder']);
const gripTypeSchema = z.enum(['fist', 'hook', 'cylinder', 'key', 'tip', 'tripod', 'flat']);
const objectSizeSchema = z.enum(['tiny', 'small', 'medium', 'large']);
const equipmentSchema = z.enum([
  'table',
  'chair',
  'other_hand',
  'towel',
  'cushion',
  'putty',
  'band',
  'foam',
  'stick',
  'weight',
  'beads',
  'cup',
  'coins',
  'shirt',
  'lace',
  'textures',
  'bag_of_objects',
  'mirror',
  'jar',
  'key_and_lock',
  'warm_water',
  'hand_cream',
]);
const progressionVariableSchema = z.enum([
  'reps',
  'hold',
  'load',
  'speed',
  'size',
  'time',
  'range',
  'complexity',
  'none',
]);

/** Conditions to weigh before prescribing: for the clinician. What the patient reads stands in the texts. */
const precautionSchema = z.enum([
  'tendon_repair',
  'bone_healing',
  'thumb_base_arthritis',
  'thumb_base_loose',
  'inflamed_joint',
  'open_wound',
  'numb_skin',
  'swelling',
  'spasticity',
  'swallowing',
  'dizziness',
  'heart_or_lung',
]);
const cameraSchema = z.enum(['yes', 'partly', 'no']);

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** `labelPatient` says what to do, never what was done wrong. Severities as in `error_tags`. */
const errorTagSchema = z.strictObject({
  code: z.string().check(z.maxLength(60), z.regex(/^[a-z0-9]+(_[a-z0-9]+)*$/)),
  labelPatient: line(120),
  labelClinical: line(120),
  severity: z.enum(['mild', 'moderate', 'marked']),
});
export type ErrorTag = z.infer<typeof errorTagSchema>;

/** One entry of the library, as in `db/seed/library/*.json`; `en` is always there, other locales beside it. */
export const exerciseSchema = z.strictObject({
  slug: z.string().check(z.maxLength(60), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  category: exerciseCategorySchema,
  muscleGroup: z.array(muscleGroupSchema).check(z.refine(isUnique)),
  gripType: z.nullable(gripTypeSchema),
  objectSize: z.nullable(objectSizeSchema),
  equipment: z.array(equipmentSchema).check(z.refine(isUnique)),
  defaultDose: doseSchema,
  progressionVariable: progressionVariableSchema,
  precautions: z.array(precautionSchema).check(z.refine(isUnique)),
  camera: cameraSchema,
  errorTags: z.array(errorTagSchema).check(
    z.maxLength(8),
    z.refine((tags) => isUnique(tags.map(({ code }) => code))),
  ),
  texts: z.catchall(z.object({ en: exerciseTextSchema }), exerciseTextSchema),
  pose: z.array(poseFrameSchema).check(z.minLength(1), z.maxLength(6)),
});
export type Exercise = z.infer<typeof exerciseSchema>;

/** One file of the library: the exercises of one category, each slug once. */
export const libraryFileSchema = z.array(exerciseSchema).check(
  z.minLength(1),
  z.refine((exercises) => isUnique(exercises.map(({ slug }) => slug))),
  z.refine((exercises) => new Set(exercises.map(({ category }) => category)).size <= 1),
);
