import 'server-only';
import { condition, epochMs, id, index, table, text, uniqueIndex } from '../columns';

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
    /** When it was decided by which ways it leaves the app. */
    plannedAt: epochMs('planned_at'),
    /** From then on it is no news and does not leave the app any more; null = it always is. */
    expiresAt: epochMs('expires_at'),
  },
  (t) => [
    uniqueIndex('notices_event').on(t.userId, t.eventKey),
    index('notices_user').on(t.userId, t.createdAt),
    index('notices_subject').on(t.subjectId, t.clinicId),
    index('notices_unplanned').on(t.createdAt, t.id).where(condition('planned_at is null')),
  ],
);
