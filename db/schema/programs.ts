import 'server-only';
import type { Tempo } from '#domain/program/dose';
import type { Load } from '#domain/program/load';
import type { Schedule } from '#domain/program/schedule';
import type { SignedBreak } from '#domain/record/breaks';
import { condition, enumText, epochMs, id, index, integer, json, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';
import { exerciseVersions } from './exercises';
import { episodes, patients } from './patients';
import { users } from './people';

export const programs = table(
  'programs',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    episodeId: text('episode_id')
      .notNull()
      .references(() => episodes.id),
    title: text('title').notNull(),
    state: enumText('state', ['active', 'closed']).notNull(),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [index('programs_patient').on(t.patientId)],
);

/** Published = immutable, by trigger: only `draft → published → superseded` may change on it. */
export const programVersions = table(
  'program_versions',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    programId: text('program_id')
      .notNull()
      .references(() => programs.id),
    number: integer('number').notNull(),
    state: enumText('state', ['draft', 'published', 'superseded']).notNull(),
    effectiveFromOn: text('effective_from_on'),
    basedOnId: text('based_on_id'),
    source: enumText('source', ['editor', 'review', 'visit', 'rule']).notNull(),
    sourceId: text('source_id'),
    reason: text('reason').notNull(),
    /** Why a dose was raised while a flag was open. */
    flagReason: text('flag_reason'),
    /** Why it was published although it breaks restrictions that nobody had signed for before. */
    restrictionReason: text('restriction_reason'),
    /** All that it breaks, each with the version whose reason and publisher stand for it; null = nothing. */
    restrictionsBroken: json<SignedBreak[]>('restrictions_broken'),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: epochMs('created_at').notNull(),
    publishedBy: text('published_by').references(() => users.id),
    publishedAt: epochMs('published_at'),
  },
  (t) => [
    uniqueIndex('program_versions_number').on(t.programId, t.number),
    index('program_versions_source').on(t.sourceId),
    uniqueIndex('program_versions_draft').on(t.programId).where(condition("state = 'draft'")),
    uniqueIndex('program_versions_current').on(t.programId).where(condition("state = 'published'")),
  ],
);

/** `lineageId` stays the same across versions: trends and feedback hang on it. */
export const prescriptions = table(
  'prescriptions',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    programVersionId: text('program_version_id')
      .notNull()
      .references(() => programVersions.id),
    lineageId: text('lineage_id').notNull(),
    exerciseVersionId: text('exercise_version_id')
      .notNull()
      .references(() => exerciseVersions.id),
    position: integer('position').notNull(),
    side: enumText('side', ['left', 'right', 'both']).notNull(),
    digits: json<string[]>('digits').notNull(),
    sets: integer('sets').notNull(),
    repsMin: integer('reps_min').notNull(),
    repsMax: integer('reps_max').notNull(),
    holdSeconds: integer('hold_seconds').notNull(),
    restSeconds: integer('rest_seconds').notNull(),
    tempo: json<Tempo>('tempo').notNull(),
    load: json<Load>('load').notNull(),
    effortTarget: integer('effort_target'),
    painLimit: integer('pain_limit'),
    schedule: json<Schedule>('schedule').notNull(),
    phase: text('phase'),
    fromOn: text('from_on'),
    untilOn: text('until_on'),
    envelope: json<unknown>('envelope'),
    notePatient: text('note_patient'),
    overrideReason: text('override_reason'),
  },
  (t) => [
    uniqueIndex('prescriptions_lineage').on(t.programVersionId, t.lineageId),
    index('prescriptions_by_lineage').on(t.lineageId),
  ],
);
