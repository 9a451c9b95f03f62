import 'server-only';
import { condition, enumText, epochMs, id, index, integer, json, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';
import { memberships, users } from './people';

export const patients = table(
  'patients',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    userId: text('user_id').references(() => users.id),
    name: text('name').notNull(),
    birthYear: integer('birth_year'),
    dominantHand: enumText('dominant_hand', ['left', 'right', 'both', 'unknown']).notNull(),
    operatesWith: enumText('operates_with', ['left', 'right']).notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text('locale').notNull(),
    phone: text('phone'),
    emergencyContact: text('emergency_contact'),
    handLengthMm: integer('hand_length_mm'),
    /** For norms alone; null = not said, and then there is none. */
    sex: enumText('sex', ['female', 'male']),
    occupation: text('occupation'),
    hobbies: text('hobbies'),
    valuedActivities: text('valued_activities'),
    createdAt: epochMs('created_at').notNull(),
    /** The record belongs to its account, and the account does not open it any more. */
    loginEndedAt: epochMs('login_ended_at'),
    /** Put away: nobody reaches the record until two people open it. See `erasures`. */
    lockedAt: epochMs('locked_at'),
  },
  (t) => [
    uniqueIndex('patients_user').on(t.clinicId, t.userId),
    index('patients_clinic').on(t.clinicId, t.name),
    index('patients_account').on(t.userId),
  ],
);

export const episodes = table(
  'episodes',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    title: text('title').notNull(),
    side: enumText('side', ['left', 'right', 'both']).notNull(),
    conditionText: text('condition_text').notNull(),
    injuryOn: text('injury_on'),
    surgeryOn: text('surgery_on'),
    precautionsText: text('precautions_text').notNull(),
    leadMembershipId: text('lead_membership_id').references(() => memberships.id),
    createdAt: epochMs('created_at').notNull(),
    closedAt: epochMs('closed_at'),
  },
  (t) => [index('episodes_patient').on(t.patientId)],
);

export const careTeam = table(
  'care_team',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    membershipId: text('membership_id')
      .notNull()
      .references(() => memberships.id),
    part: enumText('part', ['lead', 'member', 'cover']).notNull(),
    fromAt: epochMs('from_at').notNull(),
    toAt: epochMs('to_at'),
    /** Why somebody joined without being asked. */
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('care_team_open').on(t.patientId, t.membershipId).where(condition('to_at is null')),
    index('care_team_patient').on(t.patientId),
    index('care_team_membership').on(t.membershipId, t.clinicId, t.toAt, t.patientId),
  ],
);

export const caregiverGrants = table(
  'caregiver_grants',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    scopes: json<string[]>('scopes').notNull(),
    grantedAt: epochMs('granted_at').notNull(),
    untilAt: epochMs('until_at'),
    revokedAt: epochMs('revoked_at'),
  },
  (t) => [index('caregiver_grants_user').on(t.userId), index('caregiver_grants_patient').on(t.patientId)],
);

export const consents = table(
  'consents',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    kind: enumText('kind', ['telehealth', 'live_video', 'stills', 'clips', 'caregiver', 'teaching']).notNull(),
    textVersion: text('text_version').notNull(),
    /** How many days what is made under it may be kept; null = as long as the record. */
    keepDays: integer('keep_days'),
    givenBy: text('given_by')
      .notNull()
      .references(() => users.id),
    givenAt: epochMs('given_at').notNull(),
    revokedAt: epochMs('revoked_at'),
  },
  (t) => [uniqueIndex('consents_open').on(t.patientId, t.kind).where(condition('revoked_at is null'))],
);

/** While one is open nothing of the patient's is removed: not by a keeping time, not by erasing. */
export const legalHolds = table(
  'legal_holds',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    reason: text('reason').notNull(),
    setBy: text('set_by')
      .notNull()
      .references(() => users.id),
    setAt: epochMs('set_at').notNull(),
    liftedBy: text('lifted_by').references(() => users.id),
    liftedAt: epochMs('lifted_at'),
    liftedReason: text('lifted_reason'),
  },
  (t) => [
    uniqueIndex('legal_holds_open').on(t.patientId).where(condition('lifted_at is null')),
    index('legal_holds_patient').on(t.patientId, t.setAt),
  ],
);

/** A clinician who is not on the care team reads the record for an hour, because somebody needs it now. */
export const emergencyAccesses = table(
  'emergency_accesses',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    patientId: text('patient_id')
      .notNull()
      .references(() => patients.id),
    membershipId: text('membership_id')
      .notNull()
      .references(() => memberships.id),
    reason: text('reason').notNull(),
    fromAt: epochMs('from_at').notNull(),
    toAt: epochMs('to_at').notNull(),
    /** An admin who has looked at it, and what came of it. */
    reviewedBy: text('reviewed_by').references(() => users.id),
    reviewedAt: epochMs('reviewed_at'),
    reviewNote: text('review_note'),
  },
  (t) => [
    index('emergency_accesses_patient').on(t.patientId, t.fromAt, t.id),
    index('emergency_accesses_recent').on(t.clinicId, t.fromAt, t.id),
    index('emergency_accesses_membership').on(t.membershipId, t.toAt),
    index('emergency_accesses_open').on(t.clinicId, t.fromAt).where(condition('reviewed_at is null')),
  ],
);
