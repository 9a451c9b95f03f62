import 'server-only';
import { condition, enumText, epochMs, id, index, json, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';

/** Keys of stored objects, media ids of uploads, and whether copies of the database still hold the person. */
export type StoredObjects = { keys: string[]; uploads: string[]; copies: boolean };

/**
 * Records that were to be erased. `locked`: put away within the keeping term, nobody reaches it; `opened`: two people
 * opened it again; `running`: never seen outside the transaction that erases, and by it the triggers know; `done`: erased.
 * The patient's row may be gone, so nothing references it, and nothing here names the person.
 */
export const erasures = table(
  'erasures',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id').notNull(),
    state: enumText('state', ['locked', 'opened', 'running', 'done']).notNull(),
    reason: text('reason').notNull(),
    /** Null where whoever runs the server did it. */
    askedBy: text('asked_by'),
    askedAt: epochMs('asked_at').notNull(),
    openAskedBy: text('open_asked_by'),
    openAskedAt: epochMs('open_asked_at'),
    openReason: text('open_reason'),
    openedBy: text('opened_by'),
    openedAt: epochMs('opened_at'),
    erasedBy: text('erased_by'),
    erasedAt: epochMs('erased_at'),
    /** What is still to be removed outside the database; emptied when it is gone. */
    objects: json<StoredObjects>('objects').notNull(),
  },
  (t) => [
    uniqueIndex('erasures_open').on(t.patientId).where(condition("state in ('locked', 'running')")),
    index('erasures_patient').on(t.patientId, t.askedAt),
    index('erasures_clinic').on(t.clinicId, t.askedAt),
  ],
);

/** One download of one record, for the login that asked for it. */
export const exportTickets = table(
  'export_tickets',
  {
    id: id(),
    tokenHash: text('token_hash').notNull(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id').notNull(),
    sessionId: text('session_id').notNull(),
    /** Whole, for the clinic; else what is the patient's to have. */
    reader: enumText('reader', ['patient', 'clinic']).notNull(),
    /** Why the clinic took it; a patient needs no reason. */
    reason: text('reason'),
    createdAt: epochMs('created_at').notNull(),
    expiresAt: epochMs('expires_at').notNull(),
    usedAt: epochMs('used_at'),
  },
  (t) => [uniqueIndex('export_tickets_token').on(t.tokenHash), index('export_tickets_patient').on(t.patientId)],
);
