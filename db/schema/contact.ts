import 'server-only';
import type { Group } from '#domain/contact/kinds';
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

/**
 * One notice on its way to one address. The address itself is the account's and is read when it is used; here stands what
 * it is recognised by.
 */
export const deliveries = table(
  'deliveries',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    noticeId: text('notice_id').notNull(),
    userId: text('user_id').notNull(),
    channel: enumText('channel', ['email', 'push', 'sms']).notNull(),
    addressHash: text('address_hash').notNull(),
    kindGroup: text('kind_group').$type<Group>().notNull(),
    audience: enumText('audience', ['patient', 'staff']).notNull(),
    isUrgent: bool('is_urgent').notNull(),
    /** `unsure`: sent as often as may be, and nobody said that it arrived. `dropped`: it is no news any more. */
    state: enumText('state', ['queued', 'sending', 'sent', 'unsure', 'dead', 'dropped']).notNull(),
    attempts: integer('attempts').notNull(),
    /** How often it was handed over without an answer. */
    unsureCount: integer('unsure_count').notNull(),
    /** When it should have gone; `runAt` is when it is tried next. */
    dueAt: epochMs('due_at').notNull(),
    runAt: epochMs('run_at').notNull(),
    /** Names the message that it went out in: the same where that is repeated. */
    messageToken: text('message_token'),
    leaseUntil: epochMs('lease_until'),
    leaseToken: text('lease_token'),
    sentAt: epochMs('sent_at'),
    /** A code; never an address, nor what a server said. */
    lastError: text('last_error'),
    /** Urgent, and not delivered in time or at all: from then on somebody else must hear of it. */
    undeliveredAt: epochMs('undelivered_at'),
    /** From then on it is of no use, and is not sent any more; null = it never is. */
    expiresAt: epochMs('expires_at'),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('deliveries_notice').on(t.noticeId, t.channel, t.addressHash),
    index('deliveries_due').on(t.isUrgent, t.channel, t.runAt, t.id).where(condition("state in ('queued', 'sending')")),
    index('deliveries_user').on(t.userId, t.channel, t.runAt).where(condition("state in ('queued', 'sending')")),
    index('deliveries_clinic').on(t.clinicId, t.channel, t.sentAt),
    index('deliveries_created').on(t.createdAt),
    index('deliveries_account').on(t.userId),
  ],
);

/** An address that a server refused for good. It counts as long as the account has that address. */
export const deadAddresses = table(
  'dead_addresses',
  {
    userId: text('user_id').notNull(),
    channel: enumText('channel', ['email', 'push', 'sms']).notNull(),
    clinicId: text('clinic_id').notNull(),
    addressHash: text('address_hash').notNull(),
    code: text('code').notNull(),
    at: epochMs('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.channel] }), index('dead_addresses_clinic').on(t.clinicId, t.at)],
);

/** How an account wishes to be reached; one that never said has no row. */
export const contactChoices = table('contact_choices', {
  userId: text('user_id').primaryKey(),
  emailOff: json<string[]>('email_off').notNull(),
  quietFrom: integer('quiet_from').notNull(),
  quietUntil: integer('quiet_until').notNull(),
  timeZone: text('time_zone'),
  digest: enumText('digest', ['none', 'morning']).notNull(),
  smsPhone: text('sms_phone'),
  changedAt: epochMs('changed_at').notNull(),
});

/** By which this store signs what it gives to push services: one row, made once, since every device knows its public part. */
export const pushKeys = table('push_keys', {
  id: id(),
  publicKey: text('public_key').notNull(),
  privateKey: text('private_key').notNull(),
  createdAt: epochMs('created_at').notNull(),
});

/** A device that shows notifications to its account: it ends with the login under which it was turned on. */
export const pushSubscriptions = table(
  'push_subscriptions',
  {
    id: id(),
    userId: text('user_id').notNull(),
    clinicId: text('clinic_id').notNull(),
    sessionId: text('session_id').notNull(),
    /** By what the browser is recognised when somebody signs in there anew; null where it was not known. */
    deviceMark: text('device_mark'),
    deviceLabel: text('device_label'),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('push_subscriptions_endpoint').on(t.endpoint),
    index('push_subscriptions_user').on(t.userId, t.clinicId),
    index('push_subscriptions_session').on(t.sessionId),
    index('push_subscriptions_device').on(t.deviceMark),
    index('push_subscriptions_clinic').on(t.clinicId),
  ],
);

/** Something of which a patient is reminded, and when that is looked at next. What is over has no row. */
export const reminders = table(
  'reminders',
  {
    kind: text('kind').notNull(),
    /** The patient, or the visit or check-in that it is about. */
    subjectId: text('subject_id').notNull(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    dueAt: epochMs('due_at').notNull(),
    /** The reminder that this one would repeat; null where it is the first. */
    repeatOf: epochMs('repeat_of'),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.subjectId] }),
    index('reminders_due').on(t.dueAt, t.kind, t.subjectId),
    index('reminders_patient').on(t.patientId),
  ],
);

/** When a patient wishes to be reminded of practice; who never said has no row. */
export const reminderChoices = table('reminder_choices', {
  patientId: text('patient_id').primaryKey(),
  clinicId: text('clinic_id').notNull(),
  times: json<number[]>('times').notNull(),
  repeats: bool('repeats').notNull(),
  /** The day on which they said "Not today". */
  notTodayOn: text('not_today_on'),
  changedAt: epochMs('changed_at').notNull(),
});
