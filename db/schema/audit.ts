import 'server-only';
import { condition, enumText, epochMs, id, index, integer, table, text, uniqueIndex } from '../columns';

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
    /** How many more of the same came in the window that this row closes; null where it says one thing. */
    count: integer('count'),
    n: integer('n'),
    prev: text('prev'),
    hash: text('hash'),
  },
  (t) => [
    index('audit_events_unsealed').on(t.clinicId, t.id).where(condition('hash is null')),
    uniqueIndex('audit_events_chain').on(t.clinicId, t.n),
    index('audit_events_recent').on(t.clinicId, t.at, t.id),
    index('audit_events_patient').on(t.patientId, t.at, t.id),
  ],
);

/**
 * Acts that are being counted, since each of them alone says little: refusals, strokes, heartbeats, saves of a draft. The
 * first one of a window has its audit row at once, how many more came is written when the window is over. Not part of the
 * record; the key is a hash of who, what and when.
 */
export const countedActs = table(
  'refusals',
  {
    key: text('key').primaryKey(),
    clinicId: text('clinic_id').notNull(),
    actorId: text('actor_id'),
    sessionId: text('session_id'),
    act: text('act').notNull(),
    patientId: text('patient_id'),
    subjectId: text('subject_id'),
    outcome: enumText('outcome', ['done', 'refused']).notNull().default('refused'),
    endsAt: epochMs('ends_at').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [index('refusals_ends').on(t.endsAt)],
);

/** How far each clinic's chain was looked through, and what was found. `upTo`: within the look that is under way. */
export const auditChecks = table('audit_checks', {
  clinicId: text('clinic_id').primaryKey(),
  upTo: integer('up_to').notNull(),
  hash: text('hash').notNull(),
  /** When the last look began, and when the last one that found the whole chain fitting ended. */
  beganAt: epochMs('began_at').notNull(),
  wholeAt: epochMs('whole_at'),
  /** The end of the chain as the last whole look found it: a chain that is shorter was cut off. */
  wholeN: integer('whole_n').notNull(),
  wholeHash: text('whole_hash').notNull(),
  /** The number of the first row that did not fit, as the last look found it. */
  brokenN: integer('broken_n'),
});

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
    index('access_events_actor').on(t.actorId, t.at, t.id),
    index('access_events_patient').on(t.patientId, t.at, t.id),
  ],
);
