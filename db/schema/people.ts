import 'server-only';
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

export const users = table(
  'users',
  {
    id: id(),
    email: text('email'),
    name: text('name').notNull(),
    locale: text('locale').notNull(),
    passwordHash: text('password_hash'),
    /** In which unit they read strength; null = as the clinic does. */
    forceUnit: enumText('force_unit', ['kgf', 'lb', 'N']),
    createdAt: epochMs('created_at').notNull(),
    disabledAt: epochMs('disabled_at'),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
);

export const memberships = table(
  'memberships',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: enumText('role', ['clinician', 'assistant', 'admin']).notNull(),
    discipline: enumText('discipline', ['OT', 'PT', 'CHT', 'neurology', 'other']).notNull(),
    fromAt: epochMs('from_at').notNull(),
    toAt: epochMs('to_at'),
  },
  (t) => [
    uniqueIndex('memberships_open').on(t.clinicId, t.userId, t.role).where(condition('to_at is null')),
    index('memberships_user').on(t.userId),
  ],
);

export const invites = table(
  'invites',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    tokenHash: text('token_hash').notNull(),
    kind: enumText('kind', ['staff', 'patient', 'caregiver', 'password', 'email']).notNull(),
    role: enumText('role', ['clinician', 'assistant', 'admin']),
    discipline: enumText('discipline', ['OT', 'PT', 'CHT', 'neurology', 'other']),
    /** The address that the account is to have, where that is its kind. */
    email: text('email'),
    name: text('name').notNull(),
    patientId: text('patient_id'),
    /** The account whose password or address the link changes, where that is its kind. */
    userId: text('user_id').references(() => users.id),
    scopes: json<string[]>('scopes'),
    createdBy: text('created_by'),
    createdAt: epochMs('created_at').notNull(),
    expiresAt: epochMs('expires_at').notNull(),
    usedAt: epochMs('used_at'),
    usedBy: text('used_by'),
    revokedAt: epochMs('revoked_at'),
  },
  (t) => [
    uniqueIndex('invites_token').on(t.tokenHash),
    index('invites_account').on(t.userId, t.createdAt, t.id),
    index('invites_clinic').on(t.clinicId, t.createdAt),
    index('invites_patient').on(t.patientId, t.clinicId, t.createdAt),
  ],
);

export const sessions = table(
  'sessions',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    clinicId: text('clinic_id').references(() => clinics.id),
    kind: enumText('kind', ['staff', 'own_device', 'shared_device']).notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: epochMs('created_at').notNull(),
    lastSeenAt: epochMs('last_seen_at').notNull(),
    expiresAt: epochMs('expires_at').notNull(),
    revokedAt: epochMs('revoked_at'),
    deviceLabel: text('device_label'),
  },
  (t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_user').on(t.userId)],
);

/**
 * Tries that may be slowed down, per account, device or network. The key is hashed: no e-mail address and no network
 * address is kept here.
 */
export const tries = table(
  'tries',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    lastAt: epochMs('last_at').notNull(),
  },
  (t) => [index('tries_last').on(t.lastAt)],
);

/**
 * Counters of earlier releases; this one neither reads nor writes them. A later migration takes the table away.
 * @public
 */
export const rateLimits = table(
  'rate_limits',
  {
    key: text('key').notNull(),
    windowStartsAt: epochMs('window_starts_at').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStartsAt] })],
);
