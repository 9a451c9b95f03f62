import 'server-only';
import type { CheckInAnswers } from '#domain/check-in/submission';
import {
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
import { media } from './media';
import { patients } from './patients';
import { users } from './people';

/**
 * What nobody has answered, in the queue or before it. Which of it is in the queue depends on the clock (what waits for
 * its clip, from the promised time on), and an index cannot: it holds all of it.
 */
const WAITING = "state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media')";

export const checkIns = table(
  'check_ins',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    lineageId: text('lineage_id'),
    /** The version by which it was filmed; null where the device did not say. */
    programVersionId: text('program_version_id'),
    question: text('question').notNull(),
    answers: json<CheckInAnswers>('answers').notNull(),
    /** The check-in whose clip was asked for once more. */
    replacesId: text('replaces_id'),
    submittedAt: epochMs('submitted_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSubmittedAt: epochMs('device_submitted_at'),
    receivedAt: epochMs('received_at').notNull(),
    state: enumText('state', [
      'received',
      'processing',
      'ready',
      'in_review',
      'answered',
      'redo_requested',
      'escalated',
      'withdrawn',
      'failed_media',
    ]).notNull(),
    severity: enumText('severity', ['none', 'amber', 'red', 'urgent']).notNull(),
    /** 0 = red flag, pinned; 1 = the rest. Ascending like the deadline, so one index serves the whole order. */
    queueRank: integer('queue_rank').notNull(),
    dueAt: epochMs('due_at').notNull(),
    assigneeId: text('assignee_id'),
    claimedBy: text('claimed_by'),
    leaseUntil: epochMs('lease_until'),
    leaseToken: text('lease_token'),
    claimCount: integer('claim_count').notNull(),
    closedAt: epochMs('closed_at'),
  },
  (t) => [
    index('check_ins_queue').on(t.clinicId, t.queueRank, t.dueAt, t.id).where(condition(WAITING)),
    /** The next of one clinician's own, or of nobody's, without walking over what belongs to others. */
    index('check_ins_assignee').on(t.clinicId, t.assigneeId, t.queueRank, t.dueAt, t.id).where(condition(WAITING)),
    /** The nearest promised time of each patient. */
    index('check_ins_waiting').on(t.clinicId, t.patientId, t.dueAt).where(condition(WAITING)),
    index('check_ins_patient').on(t.patientId, t.submittedAt),
  ],
);

export const checkInMedia = table(
  'check_in_media',
  {
    checkInId: text('check_in_id')
      .notNull()
      .references(() => checkIns.id),
    mediaId: text('media_id')
      .notNull()
      .references(() => media.id),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.checkInId, t.position] }), uniqueIndex('check_in_media_media').on(t.mediaId)],
);

export const checkInEvents = table(
  'check_in_events',
  {
    id: id(),
    checkInId: text('check_in_id')
      .notNull()
      .references(() => checkIns.id),
    fromState: text('from_state'),
    toState: text('to_state').notNull(),
    by: text('by'),
    reason: text('reason'),
    at: epochMs('at').notNull(),
  },
  (t) => [index('check_in_events_check_in').on(t.checkInId, t.at)],
);

/** A skipped check-in stays hidden from that clinician for some hours. */
export const checkInSkips = table(
  'check_in_skips',
  {
    checkInId: text('check_in_id')
      .notNull()
      .references(() => checkIns.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason').notNull(),
    untilAt: epochMs('until_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.checkInId, t.userId] })],
);
