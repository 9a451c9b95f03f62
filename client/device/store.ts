import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';

type Change<Schema extends DBSchema | unknown> = (
  db: IDBPDatabase<Schema>,
  change: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
) => void | Promise<void>;

/**
 * Opened when it is first asked for, and anew after the browser closed it (Safari does that to pages in the background)
 * or refused it: a dead connection that is kept would lose every later write of the page. One change of its shape after
 * the other, the first of which makes it.
 */
export function deviceStore<Schema extends DBSchema | unknown>(
  name: string,
  ...changes: readonly Change<Schema>[]
): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opened = null;
  };
  const open = () => {
    opened ??= openDB<Schema>(name, changes.length, {
      async upgrade(db, oldVersion, _newVersion, transaction) {
        for (const change of changes.slice(oldVersion)) await change(db, transaction);
      },
      terminated: forget,
      // A page of a newer build waits for this one to let go.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
    });
    opened.catch(forget);
    return opened;
  };
  return async () => {
    const db = await open();
    try {
      // Some browsers close it without a word: only the next use tells.
      db.transaction(db.objectStoreNames);
      return db;
    } catch {
      forget();
      return await open();
    }
  };
}
