import 'server-only';
import { type Database, openDatabase } from '../open';

export type Made = Pick<Database, 'read' | 'write'>;

/** Opens a database for as long as the work takes; how specs and seeds put rows beside a running app. */
export async function makeInDatabase<T>(url: string, work: (made: Made) => Promise<T>): Promise<T> {
  const database = openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
