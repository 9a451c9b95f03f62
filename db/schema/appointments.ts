import 'server-only';
import { VISIT_MODES } from '#domain/visit/lifecycle';
import type { WorkingHours } from '#domain/visit/working-hours';
import { bool, condition, enumText, epochMs, id, index, json, primaryKey, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';
import { episodes, patients } from './patients';
import { users } from './people';
import { visits } from './visits';

/** When a clinician holds visits; who has no row does so in the clinic's opening hours. */
export const availabilities = table(
  'availabilities',
  {
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    /** Whose clocks the hours are told by. */
    timeZone: text('time_zone').notNull(),
    hours: json<WorkingHours>('hours').notNull(),
    changedAt: epochMs('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clinicId, t.userId] })],
);

/** Time that the week does not say: away in it, or there beside it. */
export const availabilityExceptions = table(
  'availability_exceptions',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    kind: enumText('kind', ['away', 'extra']).notNull(),
    fromMs: epochMs('from_ms').notNull(),
    untilMs: epochMs('until_ms').notNull(),
    /** For colleagues; no patient reads it. */
    note: text('note'),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [index('availability_exceptions_user').on(t.clinicId, t.userId, t.untilMs)],
);

/** A patient asks for a visit, or for another time of one. */
export const appointmentRequests = table(
  'appointment_requests',
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
    /** With whom. */
    clinicianId: text('clinician_id')
      .notNull()
      .references(() => users.id),
    /** The visit whose time is to be another; null = a new one is asked for. */
    visitId: text('visit_id').references(() => visits.id),
    typeId: text('type_id'),
    mode: enumText('mode', VISIT_MODES).notNull(),
    /** Instants that would suit, ms, as they were chosen. */
    wishes: json<number[]>('wishes').notNull(),
    /** When it suits, in words. */
    words: text('words'),
    purpose: text('purpose'),
    interpreter: text('interpreter'),
    helperWanted: bool('helper_wanted').notNull(),
    state: enumText('state', ['open', 'booked', 'declined', 'withdrawn']).notNull(),
    /** The visit that came of it. */
    bookedId: text('booked_id').references(() => visits.id),
    /** What the clinic wrote where it could give no time. */
    answer: text('answer'),
    createdAt: epochMs('created_at').notNull(),
    decidedAt: epochMs('decided_at'),
    decidedBy: text('decided_by').references(() => users.id),
  },
  (t) => [
    index('appointment_requests_patient').on(t.patientId, t.createdAt, t.id),
    index('appointment_requests_open').on(t.clinicId, t.createdAt, t.id).where(condition("state = 'open'")),
    /** One question about one visit at a time. */
    uniqueIndex('appointment_requests_move').on(t.visitId).where(condition("state = 'open'")),
  ],
);

/** Who would come earlier than their visit is, should a time of its clinician become free. */
export const waitingList = table(
  'waiting_list',
  {
    visitId: text('visit_id')
      .primaryKey()
      .references(() => visits.id),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    clinicianId: text('clinician_id')
      .notNull()
      .references(() => users.id),
    since: epochMs('since').notNull(),
  },
  (t) => [
    index('waiting_list_clinician').on(t.clinicId, t.clinicianId, t.since),
    index('waiting_list_patient').on(t.patientId),
  ],
);

/** A private address at which somebody's calendar reads their visits. Kept is what the address is recognised by. */
export const calendarFeeds = table(
  'calendar_feeds',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    /** What its person calls it: the device or calendar that has it. */
    label: text('label'),
    /** SHA-256 of the token, hex. */
    tokenHash: text('token_hash').notNull(),
    createdAt: epochMs('created_at').notNull(),
    /** Only as exact as an hour. */
    lastReadAt: epochMs('last_read_at'),
    revokedAt: epochMs('revoked_at'),
  },
  (t) => [uniqueIndex('calendar_feeds_token').on(t.tokenHash), index('calendar_feeds_user').on(t.userId, t.clinicId)],
);
