import 'server-only';
import { bool, epochMs, id, index, table, text } from '../columns';

/** One row: which store this is. The media folder carries the same id, so that neither is used with another's. */
export const store = table('store', {
  id: id(),
  madeAt: epochMs('made_at').notNull(),
  /** `when` of the newest migration that a release must have to open this schema. */
  openableFrom: epochMs('openable_from').notNull(),
});

/** Backups made of this store, written when they were whole. Where they lie, the folder says the same of them. */
export const backups = table(
  'backups',
  {
    id: id(),
    /** Everything that was saved before this instant is in it. */
    madeAt: epochMs('made_at').notNull(),
    finishedAt: epochMs('finished_at').notNull(),
    /** From then on the next backup into the same folder removes it. */
    expiresAt: epochMs('expires_at').notNull(),
    removedAt: epochMs('removed_at'),
    folder: text('folder').notNull(),
    encrypted: bool('encrypted').notNull(),
    /** SHA-256 of its manifest, which names every file by hash. */
    seal: text('seal').notNull(),
  },
  (t) => [index('backups_recent').on(t.madeAt)],
);
