import 'server-only';
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, notInArray, or, sum } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition } from '#db/columns';
import { checkInMedia } from '#db/schema/check-ins';
import { media, uploads } from '#db/schema/media';
import type { PatientScope } from '#db/scope';

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

/** Bytes of what was filmed, photographed and said for a patient since an instant, less what was taken back. */
export function* sumMediaBytes(
  d: Db,
  { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number },
): Body<number> {
  const row = yield* first(
    d
      .select({ bytes: sum(media.bytes) })
      .from(media)
      .where(
        and(
          eq(media.clinicId, clinicId),
          eq(media.patientId, patientId),
          inArray(media.kind, ['clip', 'photo', 'voice']),
          gt(media.createdAt, sinceMs),
          notInArray(media.state, ['failed', 'deleted']),
        ),
      ),
  );
  return Number(row?.bytes ?? 0);
}

/** What was made from an object: poster, sprite. */
export function* listDerived(d: Db, { mediaIds }: { mediaIds: readonly string[] }): Body<MediaRow[]> {
  if (mediaIds.length === 0) return [];
  // Bounded: poster and sprite of the objects that are named.
  return yield* q(
    d
      .select()
      .from(media)
      .where(inArray(media.derivedFromId, [...mediaIds])),
  );
}

/** Begins an upload, or begins it anew with its time running from now. */
export function* upsertUpload(d: Db, row: typeof uploads.$inferInsert): Body<void> {
  const { mediaId: _media, ...change } = row;
  yield* q(d.insert(uploads).values(row).onConflictDoUpdate({ target: uploads.mediaId, set: change }));
}

export function* deleteUpload(d: Db, { mediaId }: { mediaId: string }): Body<void> {
  yield* q(d.delete(uploads).where(eq(uploads.mediaId, mediaId)));
}

export function* listExpiredUploads(d: Db, { nowMs, limit }: { nowMs: number; limit: number }): Body<UploadRow[]> {
  return yield* q(d.select().from(uploads).where(lt(uploads.expiresAt, nowMs)).limit(limit));
}

/** Literal, as in the partial indexes: with parameters no engine can prove that an index covers the question. */
const PENDING = condition("media.state = 'pending'");

/** Objects that were announced before `beforeMs` and whose upload was never begun. */
export function* listNeverBegun(
  d: Db,
  { beforeMs, limit }: { beforeMs: number; limit: number },
): Body<{ mediaId: string }[]> {
  return yield* q(
    d
      .select({ mediaId: media.id })
      .from(media)
      .leftJoin(uploads, eq(uploads.mediaId, media.id))
      .where(and(PENDING, lt(media.createdAt, beforeMs), isNull(uploads.mediaId)))
      .limit(limit),
  );
}

/** Why an object is seen by nobody any more; stored in `failure`. */
export type Discarded = 'withdrawn' | 'keeping_over' | 'removed_by_clinic';

/**
 * An object and what was made from it are seen by nobody any more. The sweep removes what is stored of them, and an
 * upload that is under way.
 */
export function* discardMedia(
  d: Db,
  { mediaId, why, nowMs }: { mediaId: string; why: Discarded; nowMs: number },
): Body<void> {
  yield* q(
    d
      .update(media)
      .set({ state: 'deleted', failure: why })
      .where(or(eq(media.id, mediaId), eq(media.derivedFromId, mediaId))),
  );
  yield* q(d.update(uploads).set({ expiresAt: nowMs }).where(eq(uploads.mediaId, mediaId)));
}

/** Which of these storage keys a row names. */
export function* listKnownKeys(d: Db, { keys }: { keys: readonly string[] }): Body<string[]> {
  if (keys.length === 0) return [];
  // Bounded: the keys that are named; the sweep names a batch.
  const rows = yield* q(
    d
      .select({ key: media.storageKey })
      .from(media)
      .where(inArray(media.storageKey, [...keys])),
  );
  return rows.flatMap((row) => row.key ?? []);
}

/** Rows that name a stored object, a page of them in the order of their ids. */
export function* listStored(d: Db, { after, limit }: { after: string; limit: number }): Body<MediaRow[]> {
  return yield* q(
    d
      .select()
      .from(media)
      .where(and(isNotNull(media.storageKey), ne(media.state, 'deleted'), gt(media.id, after)))
      .orderBy(asc(media.id))
      .limit(limit),
  );
}

/** From the answer on, originals are kept for some days more. */
export function* retainOriginals(
  d: Db,
  { checkInId, retainUntil }: { checkInId: string; retainUntil: number },
): Body<void> {
  const clips = d.select({ id: checkInMedia.mediaId }).from(checkInMedia).where(eq(checkInMedia.checkInId, checkInId));
  yield* q(
    d
      .update(media)
      .set({ retainUntil })
      .where(and(eq(media.kind, 'original'), inArray(media.derivedFromId, clips))),
  );
}
