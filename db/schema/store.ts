import 'server-only';
import { epochMs, id, table } from '../columns';

/** One row: which store this is. The media folder carries the same id, so that neither is used with another's. */
export const store = table('store', {
  id: id(),
  madeAt: epochMs('made_at').notNull(),
  /** `when` of the newest migration that a release must have to open this schema. */
  openableFrom: epochMs('openable_from').notNull(),
});
