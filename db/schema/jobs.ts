import 'server-only';
import { condition, enumText, epochMs, id, index, integer, json, table, text, uniqueIndex } from '../columns';

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
