import 'server-only';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { type Body, type Db, first, q } from '../body';
import { media, uploads } from '../schema/media';

export type MediaRow = typeof media.$inferSelect;
export type UploadRow = typeof uploads.$inferSelect;

export function* insertMedia(d: Db, row: typeof media.$inferInsert): Body<void> {
  yield* q(d.insert(media).values(row));
}

/** A stored object of the clinic; who may see it is decided by its patient or its owner. */
export function* findMedia(
  d: Db,
  { clinicId, mediaId }: { clinicId: string; mediaId: string },
): Body<MediaRow | undefined> {
  return yield* first(
    d
      .select()
      .from(media)
      .where(and(eq(media.id, mediaId), eq(media.clinicId, clinicId))),
  );
}

export function* findMediaById(d: Db, { mediaId }: { mediaId: string }): Body<MediaRow | undefined> {
  return yield* first(d.select().from(media).where(eq(media.id, mediaId)));
}

/** The owner's own object. */
export function* findOwnMedia(
  d: Db,
  { userId, mediaId }: { userId: string; mediaId: string },
): Body<MediaRow | undefined> {
  return yield* first(
    d
      .select()
      .from(media)
      .where(and(eq(media.id, mediaId), eq(media.ownerUserId, userId))),
  );
}

/** Moves an object from one of the given states; false where another act came first. */
export function* moveMedia(
  d: Db,
  { mediaId, from, change }: { mediaId: string; from: MediaRow['state'][]; change: Partial<typeof media.$inferInsert> },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(media)
      .set(change)
      .where(and(eq(media.id, mediaId), inArray(media.state, from)))
      .returning({ id: media.id }),
  );
  return rows.length === 1;
}

/** What was made from an object: poster, sprite. */
export function* listDerived(d: Db, { mediaIds }: { mediaIds: readonly string[] }): Body<MediaRow[]> {
  if (mediaIds.length === 0) return [];
  return yield* q(
    d
      .select()
      .from(media)
      .where(inArray(media.derivedFromId, [...mediaIds])),
  );
}

export function* listMediaByIds(d: Db, { mediaIds }: { mediaIds: readonly string[] }): Body<MediaRow[]> {
  if (mediaIds.length === 0) return [];
  return yield* q(
    d
      .select()
      .from(media)
      .where(inArray(media.id, [...mediaIds])),
  );
}

export function* insertUpload(d: Db, row: typeof uploads.$inferInsert): Body<void> {
  yield* q(d.insert(uploads).values(row).onConflictDoNothing());
}

export function* findUpload(d: Db, { tusId }: { tusId: string }): Body<UploadRow | undefined> {
  return yield* first(d.select().from(uploads).where(eq(uploads.tusId, tusId)));
}

export function* findUploadOfMedia(d: Db, { mediaId }: { mediaId: string }): Body<UploadRow | undefined> {
  return yield* first(d.select().from(uploads).where(eq(uploads.mediaId, mediaId)));
}

export function* deleteUpload(d: Db, { mediaId }: { mediaId: string }): Body<void> {
  yield* q(d.delete(uploads).where(eq(uploads.mediaId, mediaId)));
}

export function* listExpiredUploads(d: Db, { nowMs }: { nowMs: number }): Body<UploadRow[]> {
  return yield* q(d.select().from(uploads).where(lt(uploads.expiresAt, nowMs)));
}
