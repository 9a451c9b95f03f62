import 'server-only';
import { listKnownKeys } from '#db/queries/check-in/media';
import { DAY_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';

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
  const old: string[] = [];
  for await (const { key, at } of app.storage.list()) {
    stored += 1;
    if (at < nowMs - LEFT_OVER_MS) old.push(key);
  }
  const known = await knownAmong(app, old);
  return { keys: old.filter((key) => !known.has(key)), stored };
}

async function knownAmong(app: AppProcess, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let from = 0; from < keys.length; from += BATCH) {
    const batch = keys.slice(from, from + BATCH);
    for (const key of await app.database.read((d) => listKnownKeys(d, { keys: batch }))) known.add(key);
  }
  return known;
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
  const aside: { key: string; at: number }[] = [];
  for await (const object of app.storage.listSetAside()) aside.push(object);
  const known = await knownAmong(
    app,
    aside.map(({ key }) => key),
  );
  for (const { key, at } of aside) {
    if (known.has(key)) await app.storage.takeBack(key);
    else if (at < nowMs - QUARANTINE_MS) await app.storage.removeSetAside(key);
  }
}
