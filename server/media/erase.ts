import 'server-only';
import { removeCopies } from '#db/copies';
import { sqliteFile } from '#db/open';
import { listErased, updateErasure } from '#db/queries/people/erasures';
import { listBackupFolders } from '#db/queries/runtime/store';
import { updateErasures } from '#server/backup/erasures';
import type { AppProcess } from '#server/runtime/process';
import { removeSpooled } from './uploads';

/**
 * Removes what lies outside the database of records that were erased: stored objects, those set aside too, unfinished
 * uploads, copies of the database made before migrations, and what its log still carried. Repeated until it is done, so
 * that a crash leaves nothing behind.
 */
export async function finishErasures(app: AppProcess): Promise<void> {
  const erased = await app.database.read((d) => listErased(d));
  const open = erased.filter(({ objects }) => objects.keys.length + objects.uploads.length > 0 || objects.copies);
  if (open.length === 0) return;
  for (const { objects } of open) {
    for (const key of objects.keys) {
      await app.storage.remove(key);
      await app.storage.removeSetAside(key);
    }
    for (const mediaId of objects.uploads) await removeSpooled(app, mediaId);
  }
  const { database } = app;
  if (database.engine === 'sqlite') removeCopies(sqliteFile(database.url));
  await app.database.forget();
  for (const { id } of open)
    await app.database.write((d) => updateErasure(d, id, { objects: { keys: [], uploads: [], copies: false } }));
  await app.database.forget();
  await tellBackups(app);
}

/** The list beside the backups; where their disk is not mounted, the next backup brings it up to date. */
async function tellBackups(app: AppProcess): Promise<void> {
  for (const folder of await app.database.read((d) => listBackupFolders(d)))
    await updateErasures(app, folder).catch((err: unknown) =>
      app.log.warn({ err }, 'erasures not noted beside backups'),
    );
}
