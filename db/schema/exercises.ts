import 'server-only';
import type { Dose } from '#domain/program/dose';
import type { PoseFrame } from '#domain/program/pose';
import { enumText, epochMs, id, index, integer, json, primaryKey, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';

/** `clinicId` null = the library that comes with Regrasp. */
export const exercises = table(
  'exercises',
  {
    id: id(),
    slug: text('slug').notNull(),
    clinicId: text('clinic_id').references(() => clinics.id),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [uniqueIndex('exercises_slug').on(t.clinicId, t.slug)],
);

/** Immutable: a change is the next number. */
export const exerciseVersions = table(
  'exercise_versions',
  {
    id: id(),
    exerciseId: text('exercise_id')
      .notNull()
      .references(() => exercises.id),
    number: integer('number').notNull(),
    category: text('category').notNull(),
    equipment: json<string[]>('equipment').notNull(),
    muscleGroup: json<string[]>('muscle_group').notNull(),
    gripType: text('grip_type'),
    objectSize: text('object_size'),
    defaultDose: json<Dose>('default_dose').notNull(),
    progressionVariable: text('progression_variable').notNull(),
    /** Codes for the clinician; what the patient reads stands in the texts. */
    precautions: json<string[]>('precautions').notNull(),
    camera: enumText('camera', ['yes', 'partly', 'no']).notNull(),
    pose: json<PoseFrame[]>('pose').notNull(),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [uniqueIndex('exercise_versions_number').on(t.exerciseId, t.number)],
);

export const exerciseTexts = table(
  'exercise_texts',
  {
    exerciseVersionId: text('exercise_version_id')
      .notNull()
      .references(() => exerciseVersions.id),
    locale: text('locale').notNull(),
    name: text('name').notNull(),
    purpose: text('purpose').notNull(),
    steps: json<string[]>('steps').notNull(),
    cues: json<string[]>('cues').notNull(),
    precautions: json<string[]>('precautions').notNull(),
  },
  (t) => [primaryKey({ columns: [t.exerciseVersionId, t.locale] })],
);

/** A clip that shows how the exercise is done; a clinic records its own. */
export const exerciseDemos = table(
  'exercise_demos',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    exerciseId: text('exercise_id')
      .notNull()
      .references(() => exercises.id),
    mediaId: text('media_id').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: epochMs('created_at').notNull(),
    retiredAt: epochMs('retired_at'),
  },
  (t) => [index('exercise_demos_exercise').on(t.clinicId, t.exerciseId)],
);

/** `labelPatient` says what to do; it is never a reproach. */
export const errorTags = table(
  'error_tags',
  {
    id: id(),
    exerciseId: text('exercise_id').references(() => exercises.id),
    clinicId: text('clinic_id').references(() => clinics.id),
    code: text('code').notNull(),
    labelPatient: text('label_patient').notNull(),
    labelClinical: text('label_clinical').notNull(),
    severity: enumText('severity', ['mild', 'moderate', 'marked']).notNull(),
  },
  (t) => [index('error_tags_exercise').on(t.exerciseId)],
);
