import 'server-only';
import { isNotNull } from 'drizzle-orm';
import { type Body, type Db, first } from '#db/body';
import { media } from '#db/schema/media';
import { store } from '#db/schema/store';

/** Which store this database is. */
export function* findStoreId(d: Db): Body<string> {
  const row = yield* first(d.select({ id: store.id }).from(store).limit(1));
  if (!row) throw new Error('the migrations make the row of the store');
  return row.id;
}

/** Does any row name a stored object? */
export function* hasStoredMedia(d: Db): Body<boolean> {
  const row = yield* first(d.select({ id: media.id }).from(media).where(isNotNull(media.storageKey)).limit(1));
  return row !== undefined;
}
