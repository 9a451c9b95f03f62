import 'server-only';
import type { Milestone } from '#domain/record/goal';
import { condition, enumText, epochMs, id, index, integer, json, table, text } from '../columns';
import { clinics } from './clinics';
import { episodes, patients } from './patients';
import { users } from './people';

/** What somebody wants to do with the hand, in their own words. The words stay: another goal is another row. */
export const goals = table(
  'goals',
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
    words: text('words').notNull(),
    /** A daily task of the catalogue; null = none of them. */
    task: text('task'),
    /** 0–10 as the patient rates it; null = no number is aimed at. */
    target: integer('target'),
    /** The patient's local day on which it is looked at again. */
    reviewOn: text('review_on'),
    /** How often the patient is asked to rate it, in days; null = never by itself. */
    rateEveryDays: integer('rate_every_days'),
    milestones: json<Milestone[]>('milestones').notNull(),
    /** Lineages of the exercises that serve it. */
    lineageIds: json<string[]>('lineage_ids').notNull(),
    state: enumText('state', ['open', 'met', 'changed', 'given_up']).notNull(),
    setBy: text('set_by')
      .notNull()
      .references(() => users.id),
    setAt: epochMs('set_at').notNull(),
    /** The goal that this one came of. */
    cameOfId: text('came_of_id'),
    closedBy: text('closed_by').references(() => users.id),
    closedAt: epochMs('closed_at'),
    closedReason: text('closed_reason'),
    revision: integer('revision').notNull(),
  },
  (t) => [
    index('goals_patient').on(t.patientId, t.clinicId, t.setAt),
    index('goals_review').on(t.clinicId, t.reviewOn).where(condition("state = 'open'")),
  ],
);

/** How well somebody can do it, 0 (not at all) to 10 (as before), as they say it (PSFS). Append-only. */
export const goalRatings = table(
  'goal_ratings',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    goalId: text('goal_id')
      .notNull()
      .references(() => goals.id),
    value: integer('value').notNull(),
    saidAt: epochMs('said_at').notNull(),
    /** What the device's clock said, where it was wrong. */
    deviceSaidAt: epochMs('device_said_at'),
    localOn: text('local_on').notNull(),
    receivedAt: epochMs('received_at').notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => users.id),
  },
  (t) => [index('goal_ratings_goal').on(t.goalId, t.saidAt), index('goal_ratings_patient').on(t.patientId)],
);
