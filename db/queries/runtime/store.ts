import 'server-only';
import { and, desc, eq, isNotNull, isNull, max, notInArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { media } from '#db/schema/media';
import { backups, store } from '#db/schema/store';

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

export type BackupRow = typeof backups.$inferSelect;

/** A backup that is whole; one that is known already stays as it is. */
export function* insertBackup(d: Db, row: BackupRow): Body<void> {
  yield* q(d.insert(backups).values(row).onConflictDoNothing());
}

/** Backups that were in this folder and are not among those that are there now. */
export function* endBackups(
  d: Db,
  { folder, present, nowMs }: { folder: string; present: readonly string[]; nowMs: number },
): Body<void> {
  yield* q(
    d
      .update(backups)
      .set({ removedAt: nowMs })
      .where(and(eq(backups.folder, folder), isNull(backups.removedAt), notInArray(backups.id, [...present]))),
  );
}

/** The backup that holds the latest state. */
export function* findLastBackup(d: Db): Body<BackupRow | undefined> {
  return yield* first(d.select().from(backups).where(isNull(backups.removedAt)).orderBy(desc(backups.madeAt)).limit(1));
}

/** When the last of the backups that are still there is over, epoch ms; null where there is none. */
export function* findBackupsEnd(d: Db): Body<number | null> {
  const row = yield* first(
    d
      .select({ at: max(backups.expiresAt) })
      .from(backups)
      .where(isNull(backups.removedAt)),
  );
  return row?.at == null ? null : Number(row.at);
}

/** Were backups of this store put into this folder that were not removed since? */
export function* hasBackupsIn(d: Db, { folder }: { folder: string }): Body<boolean> {
  const row = yield* first(
    d
      .select({ id: backups.id })
      .from(backups)
      .where(and(eq(backups.folder, folder), isNull(backups.removedAt)))
      .limit(1),
  );
  return row !== undefined;
}

/** The folders in which backups lie that were not removed. */
export function* listBackupFolders(d: Db): Body<string[]> {
  // Bounded: the folders that whoever runs the store chose, each once.
  const rows = yield* q(d.selectDistinct({ folder: backups.folder }).from(backups).where(isNull(backups.removedAt)));
  return rows.map(({ folder }) => folder);
}
