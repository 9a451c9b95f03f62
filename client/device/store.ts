import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * Opened when it is first asked for, and anew after the browser closed it (Safari does that to pages in the background)
 * or refused it: a dead connection that is kept would lose every later write of the page.
 */
export function deviceStore<Schema extends DBSchema | unknown>(
  name: string,
  make: (db: IDBPDatabase<Schema>) => void,
): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opened = null;
  };
  return () => {
    if (!opened) {
      opened = openDB<Schema>(name, 1, { upgrade: (db) => make(db), terminated: forget });
      opened.catch(forget);
    }
    return opened;
  };
}
