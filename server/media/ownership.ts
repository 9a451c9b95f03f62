import 'server-only';
import { listKnownKeys } from '#db/queries/check-in/media';
import { findStoreId, hasStoredMedia } from '#db/queries/runtime/store';
import type { AppProcess } from '#server/runtime/process';

/** As many objects are looked at to see whether an unmarked folder is this database's. */
const SAMPLE = 200;

/**
 * Whether the objects belong to this database, which is so where both carry the same store id. Objects that nobody has
 * claimed are claimed where they can only be ours: there are none and no row names any, or rows name some of them. A
 * database of another clinic, an empty one, or a disk that is not mounted is none of these, and nothing is moved. Nor
 * is a folder that cannot be read: it may carry any mark.
 */
export async function ownsMedia(app: AppProcess): Promise<boolean> {
  const storeId = await app.database.read((d) => findStoreId(d));
  try {
    const owner = await app.storage.owner();
    return owner === null ? await claimIfOurs(app, storeId) : owner === storeId;
  } catch (err) {
    app.log.error({ err }, 'MEDIA_DIR cannot be read: whose objects it holds is not known');
    return false;
  }
}

async function claimIfOurs(app: AppProcess, storeId: string): Promise<boolean> {
  const keys: string[] = [];
  for await (const { key } of app.storage.list()) {
    keys.push(key);
    if (keys.length === SAMPLE) break;
  }
  const isOurs = await app.database.read(function* (d) {
    return keys.length === 0 ? !(yield* hasStoredMedia(d)) : (yield* listKnownKeys(d, { keys })).length > 0;
  });
  if (isOurs) await app.storage.claim(storeId);
  return isOurs;
}
