import 'server-only';
import { listKnownKeys } from '#db/queries/check-in/media';
import { DAY_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import type { StoredObject } from './storage';

/** Younger objects may belong to work that is just being done. */
export const LEFT_OVER_MS = DAY_MS;
/** What nobody missed for so long is removed. */
const QUARANTINE_MS = 30 * DAY_MS;
/** More than both of these at once is no left-over of a crash: a person is to look. */
const MANY = 20;
const MANY_SHARE = 0.05;
const BATCH = 500;

/** Objects that no row names, and of how many. */
export type LeftOvers = { keys: string[]; stored: number };

export async function findLeftOvers(app: AppProcess, nowMs: number): Promise<LeftOvers> {
  let stored = 0;
  const keys: string[] = [];
  for await (const batch of inBatches(app.storage.list())) {
    stored += batch.length;
    for (const { key, at } of await unnamedAmong(app, batch)) {
      const writtenAt = await at();
      if (writtenAt !== null && writtenAt < nowMs - LEFT_OVER_MS) keys.push(key);
    }
  }
  return { keys, stored };
}

/** So that a store of a million objects is never held in memory as a whole. */
async function* inBatches(objects: AsyncGenerator<StoredObject>): AsyncGenerator<StoredObject[]> {
  let batch: StoredObject[] = [];
  for await (const object of objects) {
    batch.push(object);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Those that no row names. */
async function unnamedAmong(app: AppProcess, objects: readonly StoredObject[]): Promise<StoredObject[]> {
  const keys = objects.map(({ key }) => key);
  const named = new Set(await app.database.read((d) => listKnownKeys(d, { keys })));
  return objects.filter(({ key }) => !named.has(key));
}

/** Too many to be left-overs, such as after a restored database. */
export function areTooMany({ keys, stored }: LeftOvers): boolean {
  return keys.length > MANY && keys.length > stored * MANY_SHARE;
}

/** Nothing is removed at once: it stays in quarantine, from where it comes back as soon as a row names it again. */
export async function quarantine(app: AppProcess, keys: readonly string[], nowMs: number): Promise<void> {
  for (const key of keys) await app.storage.setAside(key, nowMs);
}

/** Takes back what a row names (a newer database was restored); removes what nobody missed for 30 days. */
export async function tendQuarantine(app: AppProcess, nowMs: number): Promise<void> {
  for await (const batch of inBatches(app.storage.listSetAside())) {
    const unnamed = new Set(await unnamedAmong(app, batch));
    for (const object of batch) {
      const { key, at } = object;
      if (!unnamed.has(object)) await app.storage.takeBack(key);
      else if (((await at()) ?? nowMs) < nowMs - QUARANTINE_MS) await app.storage.removeSetAside(key);
    }
  }
}
