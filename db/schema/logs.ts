import 'server-only';
import type { LoadUsed } from '#domain/practice/log';
import {
  bool,
  condition,
  enumText,
  epochMs,
  id,
  index,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../columns';
import { clinics } from './clinics';
import { patients } from './patients';
import { users } from './people';
import { prescriptions } from './programs';

/** One sitting. Null = not answered. */
export const practices = table(
  'practices',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    localOn: text('local_on').notNull(),
    slot: integer('slot'),
    startedAt: epochMs('started_at').notNull(),
    endedAt: epochMs('ended_at'),
    painBefore: integer('pain_before'),
    painAfter: integer('pain_after'),
    effort: integer('effort'),
    device: text('device'),
    receivedAt: epochMs('received_at').notNull(),
  },
  (t) => [
    index('practices_patient').on(t.patientId, t.clinicId, t.startedAt, t.localOn, t.painAfter),
    index('practices_painful')
      .on(t.patientId, t.clinicId, t.startedAt, t.localOn, t.painAfter)
      .where(condition('pain_after >= 3')),
    index('practices_painful_since')
      .on(t.clinicId, t.startedAt, t.patientId, t.localOn, t.painAfter)
      .where(condition('pain_after >= 3')),
  ],
);

/** Append-only: a correction is a new row that supersedes; only `isCurrent` changes. */
export const logs = table(
  'logs',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    practiceId: text('practice_id').references(() => practices.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    prescriptionId: text('prescription_id')
      .notNull()
      .references(() => prescriptions.id),
    lineageId: text('lineage_id').notNull(),
    programVersionId: text('program_version_id').notNull(),
    localOn: text('local_on').notNull(),
    state: enumText('state', ['done', 'partial', 'skipped']).notNull(),
    reason: text('reason'),
    performedAt: epochMs('performed_at').notNull(),
    performedTimeZone: text('performed_time_zone').notNull(),
    receivedAt: epochMs('received_at').notNull(),
    loadUsed: json<LoadUsed>('load_used'),
    pain: integer('pain'),
    quality: integer('quality'),
    comment: text('comment'),
    source: enumText('source', ['player', 'quick', 'visit', 'proxy']).notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => users.id),
    supersedesId: text('supersedes_id'),
    correctionReason: text('correction_reason'),
    isCurrent: bool('is_current').notNull(),
  },
  (t) => [
    uniqueIndex('logs_supersedes').on(t.supersedesId),
    /**
     * Holds both owners, since every question names both: of two indexes with one owner each SQLite takes the clinic's, and
     * walks over all of its logs for those of one patient.
     */
    index('logs_patient').on(t.patientId, t.clinicId, t.performedAt, t.localOn, t.pain).where(condition('is_current')),
    /**
     * The few of them with pain that may be a reason to look: a caseload asks for the week of every patient. SQLite looks
     * them up patient by patient, PostgreSQL reads the week and joins.
     */
    index('logs_painful')
      .on(t.patientId, t.clinicId, t.performedAt, t.localOn, t.pain)
      .where(condition('is_current and pain >= 3')),
    index('logs_painful_since')
      .on(t.clinicId, t.performedAt, t.patientId, t.localOn, t.pain)
      .where(condition('is_current and pain >= 3')),
    index('logs_lineage').on(t.lineageId, t.performedAt),
  ],
);

/** The newest current log of each patient; kept by triggers on `logs`, so that a caseload looks up no log. */
export const lastLogs = table('last_logs', {
  patientId: text('patient_id')
    .primaryKey()
    .references(() => patients.id),
  at: epochMs('at').notNull(),
});

export const logSets = table(
  'log_sets',
  {
    logId: text('log_id')
      .notNull()
      .references(() => logs.id),
    setNumber: integer('set_number').notNull(),
    reps: integer('reps'),
    holdSeconds: json<number[]>('hold_seconds'),
    countedBy: enumText('counted_by', ['tempo', 'tap', 'timer', 'hand']).notNull(),
    autoReps: integer('auto_reps'),
  },
  (t) => [primaryKey({ columns: [t.logId, t.setNumber] })],
);

/** Something a person must look at. */
export const flags = table(
  'flags',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    kind: text('kind').notNull(),
    severity: enumText('severity', ['amber', 'red', 'urgent']).notNull(),
    sourceKind: enumText('source_kind', ['log', 'check_in', 'visit', 'feedback']).notNull(),
    sourceId: text('source_id').notNull(),
    rule: text('rule').notNull(),
    policyVersion: integer('policy_version').notNull(),
    raisedAt: epochMs('raised_at').notNull(),
    seenBy: text('seen_by'),
    seenAt: epochMs('seen_at'),
    resolution: text('resolution'),
  },
  (t) => [
    uniqueIndex('flags_source').on(t.sourceKind, t.sourceId, t.kind),
    index('flags_open').on(t.clinicId, t.patientId).where(condition('seen_at is null')),
    index('flags_patient').on(t.patientId, t.raisedAt),
  ],
);
