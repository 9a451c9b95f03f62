import 'server-only';
import type { AppProcess } from './process';

/**
 * Runs work of one key one after the other in this process. For writes that all reach for the same rows: on PostgreSQL
 * each would make the others start over until they give up. Right without it; it only spares the tries.
 */
export async function runSerialised<T>(app: AppProcess, key: string, work: () => Promise<T>): Promise<T> {
  app.turns ??= new Map();
  const { turns } = app;
  const mine = (turns.get(key) ?? Promise.resolve()).then(work);
  const ended = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(key, ended);
  await ended;
  if (turns.get(key) === ended) turns.delete(key);
  return await mine;
}
