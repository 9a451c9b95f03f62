import 'server-only';
import { condition, enumText, epochMs, index, primaryKey, table, text } from '../columns';
import { clinics } from './clinics';
import { flags } from './logs';
import { patients } from './patients';
import { users } from './people';

/** The way of a red answer from one to the next, until somebody takes it or its flag is closed. */
export const escalations = table(
  'escalations',
  {
    flagId: text('flag_id')
      .primaryKey()
      .references(() => flags.id),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    /** The last step whose people were told. */
    step: enumText('step', ['lead', 'cover', 'all']).notNull(),
    raisedAt: epochMs('raised_at').notNull(),
    /** When the next step is due; null where all were told, or it is over. */
    nextAt: epochMs('next_at'),
    takenBy: text('taken_by').references(() => users.id),
    takenAt: epochMs('taken_at'),
    /** Its flag was closed. */
    endedAt: epochMs('ended_at'),
  },
  (t) => [
    index('escalations_due').on(t.nextAt).where(condition('next_at is not null')),
    index('escalations_patient').on(t.patientId, t.clinicId),
  ],
);

/** Who was told of a flag, when, and by which step. Append-only. */
export const escalationTellings = table(
  'escalation_tellings',
  {
    flagId: text('flag_id')
      .notNull()
      .references(() => flags.id),
    step: enumText('step', ['lead', 'cover', 'all', 'urgent']).notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    at: epochMs('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.flagId, t.step, t.userId] }),
    index('escalation_tellings_patient').on(t.patientId, t.clinicId),
  ],
);
