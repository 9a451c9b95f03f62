import 'server-only';
import type { DraftDose } from '#domain/review/answer';
import { condition, enumText, epochMs, id, integer, json, table, text, uniqueIndex } from '../columns';
import { checkIns } from './check-ins';
import { users } from './people';

/** Publish = one transaction; a later number supersedes. */
export const reviews = table(
  'reviews',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    checkInId: text('check_in_id')
      .notNull()
      .references(() => checkIns.id),
    number: integer('number').notNull(),
    state: enumText('state', ['draft', 'published', 'superseded']).notNull(),
    clinicianId: text('clinician_id')
      .notNull()
      .references(() => users.id),
    summary: text('summary').notNull(),
    /** How often the draft was changed. */
    draftRevision: integer('draft_revision').notNull().default(0),
    outcome: enumText('outcome', ['feedback', 'redo', 'escalate']).notNull(),
    errorTags: json<string[]>('error_tags').notNull(),
    /** The next dose while the answer is written; null where none was changed, and once it is published. */
    draftDose: json<DraftDose>('draft_dose'),
    surfaceId: text('surface_id').notNull(),
    surfaceRevision: integer('surface_revision').notNull(),
    programVersionId: text('program_version_id'),
    leaseToken: text('lease_token').notNull(),
    createdAt: epochMs('created_at').notNull(),
    publishedAt: epochMs('published_at'),
    patientAnswer: enumText('patient_answer', ['clear', 'not_clear', 'it_hurts']),
    patientAnsweredAt: epochMs('patient_answered_at'),
  },
  (t) => [
    uniqueIndex('reviews_number').on(t.checkInId, t.number),
    uniqueIndex('reviews_draft').on(t.checkInId).where(condition("state = 'draft'")),
  ],
);
