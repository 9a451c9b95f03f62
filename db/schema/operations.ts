import 'server-only';
import { epochMs, json, table, text } from '../columns';

/** Answers already given to queued writes: same id and body = same answer. */
export const operations = table('operations', {
  opId: text('op_id').primaryKey(),
  userId: text('user_id').notNull(),
  procedure: text('procedure').notNull(),
  bodySha256: text('body_sha256').notNull(),
  result: json<unknown>('result'),
  at: epochMs('at').notNull(),
});
