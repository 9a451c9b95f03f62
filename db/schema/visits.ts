import 'server-only';
import type { CuePattern, CueResult } from '#domain/visit/cue';
import { VISIT_MODES } from '#domain/visit/lifecycle';
import { bool, condition, enumText, epochMs, id, index, integer, json, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';
import { media } from './media';
import { episodes, patients } from './patients';
import { users } from './people';

export const visits = table(
  'visits',
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
    clinicianId: text('clinician_id')
      .notNull()
      .references(() => users.id),
    kind: enumText('kind', ['first', 'review', 'check', 'now']).notNull(),
    startsAt: epochMs('starts_at').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    timeZone: text('time_zone').notNull(),
    state: enumText('state', ['scheduled', 'open', 'ended', 'cancelled', 'no_show']).notNull(),
    roomName: text('room_name'),
    openedAt: epochMs('opened_at'),
    endedAt: epochMs('ended_at'),
    /** When somebody was last seen in the open visit's room; only as exact as a minute. */
    seenAt: epochMs('seen_at'),
    fallbackPhone: text('fallback_phone'),
    summary: text('summary'),
    /** How often the summary was changed: a window that has not seen the last change writes nothing over it. */
    summaryRevision: integer('summary_revision').notNull().default(0),
    createdAt: epochMs('created_at').notNull(),
    /** By what it is held. */
    mode: enumText('mode', VISIT_MODES).notNull().default('video'),
    /** Which of the clinic's types of visit it was booked as; null = none. */
    typeId: text('type_id'),
    /** So long after it patients can book nothing with the clinician. */
    bufferMinutes: integer('buffer_minutes').notNull().default(0),
    /** Counts what a calendar must hear of: another time, length or way, and that it is not held. */
    sequence: integer('sequence').notNull().default(0),
    changedAt: epochMs('changed_at'),
    /** What it is for, in the words of whoever asked or booked. */
    purpose: text('purpose'),
    /** For which language an interpreter is wanted. */
    interpreter: text('interpreter'),
    helperWanted: bool('helper_wanted').notNull().default(false),
    /** Names all that were booked by one press. */
    seriesId: text('series_id'),
    /** When the patient said that they come to this time. */
    acceptedAt: epochMs('accepted_at'),
  },
  (t) => [
    index('visits_patient').on(t.patientId, t.clinicId, t.startsAt, t.id),
    index('visits_clinic').on(t.clinicId, t.startsAt),
    /** What a clinician has on the calendar: asked at each booking. */
    index('visits_clinician').on(t.clinicianId, t.startsAt).where(condition("state in ('scheduled', 'open')")),
    uniqueIndex('visits_room').on(t.roomName),
    index('visits_series').on(t.seriesId, t.startsAt).where(condition('series_id is not null')),
    index('visits_open').on(t.openedAt).where(condition("state = 'open'")),
  ],
);

export const visitParticipants = table(
  'visit_participants',
  {
    id: id(),
    visitId: text('visit_id')
      .notNull()
      .references(() => visits.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: enumText('role', ['clinician', 'patient', 'observer']).notNull(),
    /** `at_door`: before the page of the visit with access to its room, and never in yet. */
    state: enumText('state', ['at_door', 'waiting', 'admitted', 'removed', 'left']).notNull(),
    /** Until when who is not in may stand at the door with access; null = not there, or without. */
    doorUntil: epochMs('door_until'),
    waitingAt: epochMs('waiting_at'),
    admittedBy: text('admitted_by'),
    admittedAt: epochMs('admitted_at'),
    leftAt: epochMs('left_at'),
    locationText: text('location_text'),
    presentOthers: text('present_others'),
  },
  (t) => [
    uniqueIndex('visit_participants_user').on(t.visitId, t.userId),
    /** Who waits at a door: a handful, whatever was held before. */
    index('visit_participants_waiting').on(t.waitingAt).where(condition("state = 'waiting' and role = 'patient'")),
  ],
);

/** Unordered hints from the app, the media server's webhook and reconciliation. */
export const visitEvents = table(
  'visit_events',
  {
    id: id(),
    visitId: text('visit_id')
      .notNull()
      .references(() => visits.id),
    participantId: text('participant_id'),
    kind: text('kind').notNull(),
    at: epochMs('at').notNull(),
    source: enumText('source', ['app', 'webhook', 'reconcile']).notNull(),
    webhookId: text('webhook_id'),
    /** When it arrived, where the record was closed by then: it is kept beside the record. */
    addendumAt: epochMs('addendum_at'),
  },
  (t) => [uniqueIndex('visit_events_webhook').on(t.webhookId), index('visit_events_visit').on(t.visitId, t.at)],
);

export const stills = table(
  'stills',
  {
    id: id(),
    visitId: text('visit_id')
      .notNull()
      .references(() => visits.id),
    mediaId: text('media_id')
      .notNull()
      .references(() => media.id),
    surfaceId: text('surface_id').notNull(),
    capturedAt: epochMs('captured_at').notNull(),
    source: enumText('source', ['patient_device', 'received_frame']).notNull(),
    side: enumText('side', ['left', 'right']),
    lineageId: text('lineage_id'),
    label: text('label'),
    /** When it arrived, where the record was closed by then: it is kept beside the record. */
    addendumAt: epochMs('addendum_at'),
  },
  (t) => [index('stills_visit').on(t.visitId, t.capturedAt)],
);

/** Shared timing in a visit: a start instant and a pattern, never ticks. */
export const cues = table(
  'cues',
  {
    id: id(),
    visitId: text('visit_id')
      .notNull()
      .references(() => visits.id),
    startedBy: text('started_by')
      .notNull()
      .references(() => users.id),
    kind: enumText('kind', ['metronome', 'hold', 'rest', 'reps']).notNull(),
    pattern: json<CuePattern>('pattern').notNull(),
    startsAt: epochMs('starts_at').notNull(),
    stoppedAt: epochMs('stopped_at'),
    result: json<CueResult>('result'),
    /** When the end of the visit settled it; null where somebody stopped it. What was done then still counts when it arrives. */
    settledAt: epochMs('settled_at'),
    lineageId: text('lineage_id'),
    /** When it arrived, where the record was closed by then: it is kept beside the record. */
    addendumAt: epochMs('addendum_at'),
  },
  (t) => [index('cues_visit').on(t.visitId, t.startsAt)],
);

/** What came after the record was closed and has no row of its own that could say so. Append-only, by trigger. */
export const visitAddenda = table(
  'visit_addenda',
  {
    id: id(),
    visitId: text('visit_id')
      .notNull()
      .references(() => visits.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    kind: enumText('kind', ['summary', 'cue_stop']).notNull(),
    text: text('text'),
    cueId: text('cue_id'),
    stoppedAt: epochMs('stopped_at'),
    result: json<CueResult>('result'),
    addedAt: epochMs('added_at').notNull(),
  },
  (t) => [
    index('visit_addenda_visit').on(t.visitId, t.addedAt),
    uniqueIndex('visit_addenda_cue').on(t.cueId, t.userId),
  ],
);

/** Signed = immutable, by trigger. */
export const notes = table(
  'notes',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    visitId: text('visit_id'),
    reviewId: text('review_id'),
    body: text('body').notNull(),
    /** How often it was changed, from 1 on. */
    revision: integer('revision').notNull().default(1),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    updatedAt: epochMs('updated_at').notNull(),
    signedAt: epochMs('signed_at'),
    supersedesId: text('supersedes_id'),
  },
  (t) => [
    index('notes_patient').on(t.patientId),
    uniqueIndex('notes_visit_draft').on(t.visitId, t.authorId).where(condition('signed_at is null')),
  ],
);
