import 'server-only';
import type { RestrictionLimit } from '#domain/record/restriction';
import {
  bool,
  condition,
  enumText,
  epochMs,
  id,
  index,
  integer,
  json,
  real,
  table,
  text,
  uniqueIndex,
} from '../columns';
import { clinics } from './clinics';
import { episodes, patients } from './patients';
import { users } from './people';
import { visits } from './visits';

/** Measures and findings of one day, written while it is a draft and signed as a whole. */
export const assessments = table(
  'assessments',
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
    template: enumText('template', ['first', 're_assessment']).notNull(),
    condition: text('condition').notNull(),
    localOn: text('local_on').notNull(),
    timeZone: text('time_zone').notNull(),
    examinerId: text('examiner_id')
      .notNull()
      .references(() => users.id),
    state: enumText('state', ['draft', 'done', 'discarded']).notNull(),
    note: text('note').notNull(),
    startedAt: epochMs('started_at').notNull(),
    /** When something was last written or said of it. */
    changedAt: epochMs('changed_at').notNull(),
    signedAt: epochMs('signed_at'),
    signedBy: text('signed_by').references(() => users.id),
    /** The patient's local day of the next one; null = none is planned. */
    nextDueOn: text('next_due_on'),
  },
  (t) => [
    index('assessments_patient').on(t.patientId, t.clinicId, t.localOn),
    index('assessments_due').on(t.clinicId, t.nextDueOn).where(condition("state = 'done'")),
  ],
);

/** What was typed into one cell of a draft, each time: the last one said counts. Append-only; null = taken back. */
export const assessmentEntries = table(
  'assessment_entries',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    assessmentId: text('assessment_id')
      .notNull()
      .references(() => assessments.id),
    cell: text('cell').notNull(),
    entry: json<unknown>('entry'),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => users.id),
    saidAt: epochMs('said_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    receivedAt: epochMs('received_at').notNull(),
  },
  (t) => [
    index('assessment_entries_cell').on(t.assessmentId, t.cell, t.saidAt),
    index('assessment_entries_patient').on(t.patientId),
  ],
);

/** One test of one hand, raw as it was measured. Append-only: a correction is a new row; only `isCurrent` changes. */
export const measures = table(
  'measures',
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
    assessmentId: text('assessment_id').references(() => assessments.id),
    /** The visit in which it was measured. */
    visitId: text('visit_id').references(() => visits.id),
    kind: text('kind').notNull(),
    side: enumText('side', ['left', 'right']),
    digit: text('digit'),
    joint: text('joint'),
    motion: text('motion'),
    activity: enumText('activity', ['active', 'passive', 'assisted']),
    /** Zone of skin, situation, daily task or place of a girth: an id of the catalogue. */
    site: text('site'),
    method: text('method').notNull(),
    device: text('device'),
    posture: text('posture'),
    handle: integer('handle'),
    statistic: enumText('statistic', ['mean', 'max']),
    trials: json<number[]>('trials'),
    /** In the unit of its kind; null where the answer is a choice. */
    value: real('value'),
    choice: text('choice'),
    note: text('note'),
    stoppedFor: enumText('stopped_for', ['pain']),
    measuredAt: epochMs('measured_at').notNull(),
    measuredTimeZone: text('measured_time_zone').notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => users.id),
    receivedAt: epochMs('received_at').notNull(),
    /** Why it was measured although something forbade it. */
    overrideReason: text('override_reason'),
    supersedesId: text('supersedes_id'),
    /** The drawn angle whose value it corrects, where its record was closed. */
    surfaceId: text('surface_id'),
    markId: text('mark_id'),
    correctionReason: text('correction_reason'),
    /** A correction that takes away: it was measured of somebody else, or not at all. */
    isVoid: bool('is_void').notNull(),
    /** When it arrived, where the record of its visit was closed by then. */
    addendumAt: epochMs('addendum_at'),
    isCurrent: bool('is_current').notNull(),
  },
  (t) => [
    uniqueIndex('measures_supersedes').on(t.supersedesId),
    index('measures_patient').on(t.patientId, t.clinicId, t.measuredAt),
    index('measures_assessment').on(t.assessmentId),
    index('measures_mark').on(t.surfaceId, t.markId),
  ],
);

/** What a hand must not do for now. It stays as it was set; it ends by its day, or is lifted. */
export const restrictions = table(
  'restrictions',
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
    kind: enumText('kind', [
      'load',
      'motion',
      'strength_test',
      'water',
      'heat',
      'driving',
      'splint',
      'other',
    ]).notNull(),
    limit: json<RestrictionLimit>('restriction_limit').notNull(),
    /** The patient's local day from which it holds no more; null = until it is lifted. */
    untilOn: text('until_on'),
    setBy: text('set_by')
      .notNull()
      .references(() => users.id),
    setAt: epochMs('set_at').notNull(),
    /** Who or what said so. */
    source: text('source').notNull(),
    note: text('note'),
    liftedBy: text('lifted_by').references(() => users.id),
    liftedAt: epochMs('lifted_at'),
    liftedReason: text('lifted_reason'),
  },
  (t) => [index('restrictions_patient').on(t.patientId, t.clinicId, t.setAt)],
);
