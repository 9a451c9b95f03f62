import 'server-only';
import type { LoadUsed } from '#domain/practice/log';
import type { RedFlag } from '#domain/practice/pain-policy';
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
    /** What the device's clock said, where it was wrong; null where it was right. */
    deviceStartedAt: epochMs('device_started_at'),
    deviceEndedAt: epochMs('device_ended_at'),
    painBefore: integer('pain_before'),
    painAfter: integer('pain_after'),
    effort: integer('effort'),
    device: text('device'),
    receivedAt: epochMs('received_at').notNull(),
    /** When the last of its logs was removed as made by mistake: it then counts nowhere. */
    removedAt: epochMs('removed_at'),
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
    /** When it was entered on the device, which may be later than it was done; null from devices that do not say. */
    saidAt: epochMs('said_at'),
    /** What the device's clock said, where it was wrong; null where it was right. */
    devicePerformedAt: epochMs('device_performed_at'),
    deviceSaidAt: epochMs('device_said_at'),
    /** What the device told the person that their pain means, and by which version of the policy. */
    shownZone: enumText('shown_zone', ['none', 'green', 'amber', 'red', 'urgent']),
    shownPolicyVersion: integer('shown_policy_version'),
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

/** Logs that were made by mistake: each stays as it was, is current no more, and counts nowhere. Append-only. */
export const logRemovals = table(
  'log_removals',
  {
    logId: text('log_id')
      .primaryKey()
      .references(() => logs.id),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    /** Of the log, so that both stand in one history. */
    performedAt: epochMs('performed_at').notNull(),
    reason: enumText('reason', ['not_done', 'twice', 'wrong_exercise', 'wrong_day', 'other', 'undone']).notNull(),
    saidAt: epochMs('said_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    receivedAt: epochMs('received_at').notNull(),
    removedBy: text('removed_by')
      .notNull()
      .references(() => users.id),
  },
  (t) => [index('log_removals_patient').on(t.patientId, t.clinicId, t.performedAt)],
);

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

/**
 * Pain or symptoms that somebody said outside of a log: the morning after, before a sitting, "It hurts", a red-flag
 * answer. Null = not answered; no red flags = "None of these". What was said stays; that it was a slip stands beside it.
 */
export const symptomChecks = table(
  'symptom_checks',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    occasion: enumText('occasion', ['morning', 'before_practice', 'it_hurts', 'red_flags']).notNull(),
    place: enumText('place', ['today', 'player', 'log', 'check_in', 'feedback', 'visit', 'assessment']).notNull(),
    /** The log, check-in, review or visit in which it was said. */
    subjectId: text('subject_id'),
    /** The exercise that it was said of; null = the hand as a whole. */
    lineageId: text('lineage_id'),
    localOn: text('local_on').notNull(),
    saidAt: epochMs('said_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    receivedAt: epochMs('received_at').notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => users.id),
    pain: integer('pain'),
    redFlags: json<RedFlag[]>('red_flags'),
    shownZone: enumText('shown_zone', ['none', 'green', 'amber', 'red', 'urgent']),
    shownPolicyVersion: integer('shown_policy_version'),
    takenBackAt: epochMs('taken_back_at'),
    correctedPain: integer('corrected_pain'),
  },
  (t) => [
    index('symptom_checks_patient').on(t.patientId, t.clinicId, t.saidAt),
    index('symptom_checks_subject').on(t.subjectId, t.saidAt),
  ],
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
    sourceKind: enumText('source_kind', ['log', 'check_in', 'visit', 'feedback', 'symptom_check']).notNull(),
    sourceId: text('source_id').notNull(),
    rule: text('rule').notNull(),
    policyVersion: integer('policy_version').notNull(),
    /** The exercise that it is about; null = the hand as a whole. */
    lineageId: text('lineage_id'),
    /** The answer itself; null where none was given, and on flags of earlier releases. */
    pain: integer('pain'),
    redFlags: json<RedFlag[]>('red_flags'),
    /** When it was said; null on flags of earlier releases. */
    saidAt: epochMs('said_at'),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    /** What the person says instead: both values stay. */
    correctedPain: integer('corrected_pain'),
    takenBackAt: epochMs('taken_back_at'),
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

/** What was done about a flag while it stays open: "rang, no answer". Append-only. */
export const flagNotes = table(
  'flag_notes',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    flagId: text('flag_id')
      .notNull()
      .references(() => flags.id),
    by: text('by')
      .notNull()
      .references(() => users.id),
    at: epochMs('at').notNull(),
    text: text('text').notNull(),
  },
  (t) => [index('flag_notes_flag').on(t.flagId, t.at)],
);

/** What a pain or red-flag answer forbids until somebody, or a morning, lifts it (`domain/practice/stop.ts`). */
export const stops = table(
  'stops',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    flagId: text('flag_id')
      .notNull()
      .references(() => flags.id),
    /** Null = everything. */
    lineageId: text('lineage_id'),
    severity: enumText('severity', ['red', 'urgent']).notNull(),
    rule: text('rule').notNull(),
    policyVersion: integer('policy_version').notNull(),
    saidAt: epochMs('said_at').notNull(),
    /** The patient's local day. */
    saidOn: text('said_on').notNull(),
    liftedAt: epochMs('lifted_at'),
    liftedBy: text('lifted_by'),
    liftedFor: enumText('lifted_for', ['clinic', 'morning', 'slip']),
  },
  (t) => [
    index('stops_held').on(t.patientId, t.clinicId, t.saidAt).where(condition('lifted_at is null')),
    index('stops_flag').on(t.flagId),
  ],
);
