import 'server-only';
import webPush from 'web-push';
import type { Database } from '#db/open';
import { findPushKeys, insertPushKeys } from '#db/queries/contact/push';
import type { PushKeys } from './channels/push';

async function readOrMake(database: Database): Promise<PushKeys> {
  const known = await database.read((d) => findPushKeys(d));
  if (known) return known;
  const made = webPush.generateVAPIDKeys();
  await database.write((d) => insertPushKeys(d, { ...made, createdAt: Date.now() }));
  // Another process may have been first.
  return (await database.read((d) => findPushKeys(d))) ?? made;
}

/**
 * The keys of this store, made once and kept in its database: every device is bound to their public part, so that they are
 * in each backup, and a store that is restored reaches the same devices.
 */
export function createPushKeys(database: Database): () => Promise<PushKeys> {
  let keys: Promise<PushKeys> | null = null;
  return () => {
    keys ??= readOrMake(database).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  };
}
