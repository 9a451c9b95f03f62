import 'server-only';
import { condition, enumText, epochMs, id, index, integer, json, table, text, uniqueIndex } from '../columns';

/** Who did what to which record. Written in the act's own transaction; `n`, `prev` and `hash` are sealed later, once. */
export const auditEvents = table(
  'audit_events',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    actorId: text('actor_id'),
    sessionId: text('session_id'),
    act: text('act').notNull(),
    patientId: text('patient_id'),
    subjectId: text('subject_id'),
    outcome: enumText('outcome', ['done', 'refused']).notNull(),
    at: epochMs('at').notNull(),
    n: integer('n'),
    prev: text('prev'),
    hash: text('hash'),
  },
  (t) => [
    index('audit_events_unsealed').on(t.clinicId, t.id).where(condition('hash is null')),
    uniqueIndex('audit_events_chain').on(t.clinicId, t.n),
    index('audit_events_recent').on(t.clinicId, t.at, t.id),
  ],
);

/** Reads of patient data: one row per actor, patient and policy in five minutes. */
export const accessEvents = table(
  'access_events',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    actorId: text('actor_id').notNull(),
    sessionId: text('session_id'),
    policy: text('policy').notNull(),
    patientId: text('patient_id').notNull(),
    windowStartsAt: epochMs('window_starts_at').notNull(),
    at: epochMs('at').notNull(),
  },
  (t) => [
    uniqueIndex('access_events_window').on(t.actorId, t.patientId, t.policy, t.windowStartsAt),
    index('access_events_recent').on(t.clinicId, t.at, t.id),
  ],
);

/** Answers already given to queued writes: same id and body = same answer. */
export const operations = table('operations', {
  opId: text('op_id').primaryKey(),
  userId: text('user_id').notNull(),
  procedure: text('procedure').notNull(),
  bodySha256: text('body_sha256').notNull(),
  result: json<unknown>('result'),
  at: epochMs('at').notNull(),
});

export const jobs = table(
  'jobs',
  {
    id: id(),
    kind: text('kind').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    payload: json<Record<string, string>>('payload').notNull(),
    state: enumText('state', ['queued', 'running', 'done', 'poisoned']).notNull(),
    runAt: epochMs('run_at').notNull(),
    attempts: integer('attempts').notNull(),
    leaseUntil: epochMs('lease_until'),
    leaseToken: text('lease_token'),
    lastError: text('last_error'),
    createdAt: epochMs('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('jobs_dedupe').on(t.dedupeKey),
    index('jobs_due').on(t.runAt, t.id).where(condition("state in ('queued', 'running')")),
  ],
);

/** One holder at a time for work that must not run twice in parallel, such as sealing. */
export const leases = table('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  untilAt: epochMs('until_at').notNull(),
});

export const notices = table(
  'notices',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    userId: text('user_id').notNull(),
    kind: text('kind').notNull(),
    subjectId: text('subject_id').notNull(),
    eventKey: text('event_key').notNull(),
    createdAt: epochMs('created_at').notNull(),
    readAt: epochMs('read_at'),
  },
  (t) => [uniqueIndex('notices_event').on(t.userId, t.eventKey), index('notices_user').on(t.userId, t.createdAt)],
);
