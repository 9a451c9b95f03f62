import 'server-only';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { asRefusal, StoreRefusal } from './refusal';

/** Copies that migrations leave beside a SQLite database: the way back from a bad release. */
const COPIES_KEPT = 3;

const stampOf = (atMs: number) => new Date(atMs).toISOString().replace(/[-:.]/g, '');

/** The copies beside this database, newest first; none where its folder is not there. */
export function listCopies(file: string): string[] {
  const start = `${basename(file)}.before-`;
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const stamp = (name: string) => name.slice(name.lastIndexOf('-') + 1);
  return readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .sort((a, b) => (stamp(a) < stamp(b) ? 1 : -1))
    .map((name) => join(folder, name));
}

/**
 * Copies the whole database beside itself, durable under its final name or not there at all; older copies than the
 * last three go. Returns the copy's path.
 */
export function copyBeside(connection: Sqlite.Database, file: string, tag: string, atMs: number): string {
  const unfinished = `${file}.copying`;
  rmSync(unfinished, { force: true });
  requireSpace(connection, file);
  try {
    connection.prepare('vacuum into ?').run(unfinished);
    const copy = `${file}.before-${tag}-${stampOf(atMs)}`;
    settle(unfinished, copy);
    for (const old of listCopies(file).slice(COPIES_KEPT)) rmSync(old);
    return copy;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function requireSpace(connection: Sqlite.Database, file: string): void {
  const pages = Number(connection.pragma('page_count', { simple: true }));
  const needed = pages * Number(connection.pragma('page_size', { simple: true }));
  const { bavail, bsize } = statfsSync(dirname(file));
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1024 ** 2);
  throw new StoreRefusal(
    `The disk that holds ${file} has ${megabytes(bavail * bsize)} MB free; the copy before a migration needs ${megabytes(needed)} MB. Make room, then start again.`,
  );
}

/** On disk, then under its name, then the name on disk. */
function settle(from: string, to: string): void {
  sync(from);
  renameSync(from, to);
  sync(dirname(to));
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What a SQLite database of Regrasp says of itself. `storeId` is null where it is older than store ids. */
type Holding = { storeId: string | null; clinics: { id: string; name: string }[]; patients: number };

/** Null where there is none, or none that can be read. */
function readHolding(file: string): Holding | null {
  if (!existsSync(file)) return null;
  let connection: Sqlite.Database | null = null;
  try {
    connection = new Sqlite(file, { readonly: true });
    const named = connection.prepare("select count(*) from sqlite_master where type = 'table' and name = 'store'");
    const isMarked = named.pluck().get() === 1;
    return {
      storeId: isMarked ? ((connection.prepare('select id from store').pluck().get() ?? null) as string | null) : null,
      clinics: connection.prepare('select id, name from clinics order by name').all() as Holding['clinics'],
      patients: Number(connection.prepare('select count(*) from patients').pluck().get()),
    };
  } catch {
    return null;
  } finally {
    connection?.close();
  }
}

/** By their ids; where one is older than store ids, by a clinic that both have. */
function areOfOneStore(a: Holding, b: Holding): boolean {
  if (a.storeId !== null && b.storeId !== null) return a.storeId === b.storeId;
  const known = new Set(a.clinics.map(({ id }) => id));
  return b.clinics.some(({ id }) => known.has(id));
}

function describeHolding({ storeId, clinics, patients }: Holding): string {
  const names = clinics.map(({ name }) => name).join(', ') || 'no clinic';
  return `${names}; ${patients} patients; store id ${storeId ?? 'none yet'}`;
}

type Restored = {
  /** Where what was there was set aside; null where there was nothing. */
  aside: string | null;
  /** What the copy holds, in words, where no readable database was there to compare it with. */
  unproven: string | null;
};

/**
 * Puts a copy in the database's place; nobody may have it open. What was there is set aside beside it, never removed.
 * A copy of another store than what is there is refused. Throws `StoreRefusal` and has changed nothing.
 */
export function restoreCopy(file: string, copy: string, atMs: number): Restored {
  const held = isSound(copy) ? readHolding(copy) : null;
  if (!held) throw new StoreRefusal(`${copy} is no sound database of Regrasp. Choose another copy.`);
  const live = readHolding(file);
  if (live && !areOfOneStore(live, held))
    throw new StoreRefusal(
      `${copy} is of another store (${describeHolding(held)}) than ${file} (${describeHolding(live)}). Choose a copy of this one, or check DATABASE_URL.`,
    );
  const unfinished = `${file}.copying`;
  const aside = existsSync(file) ? `${file}.set-aside-${stampOf(atMs)}` : null;
  try {
    copyFileSync(copy, unfinished);
    if (aside) setAside(file, aside);
    settle(unfinished, file);
    return { aside, unproven: live ? null : describeHolding(held) };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw asRefusal(error, file);
  }
}

function isSound(copy: string): boolean {
  if (!existsSync(copy) || !statSync(copy).isFile()) return false;
  const connection = new Sqlite(copy, { readonly: true });
  try {
    connection.prepare('select count(*) from __drizzle_migrations').get();
    return connection.pragma('integrity_check', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

/** A second name for the file first, so that at no instant there is no database under its name. */
function setAside(file: string, aside: string): void {
  linkSync(file, aside);
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
}

/** True where a database of this name was here once: an empty one must not silently take its place. */
export function wasHere(file: string): boolean {
  const folder = dirname(file);
  if (existsSync(file) || !existsSync(folder)) return false;
  const traces = ['.before-', '.set-aside-', '-wal'].map((trace) => basename(file) + trace);
  return readdirSync(folder).some((name) => traces.some((trace) => name.startsWith(trace)));
}

/** Removes every copy of the database that lies beside it: they hold what was erased from it. */
export function removeCopies(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  const starts = ['.before-', '.set-aside-', '.copying', '.backing-up'].map((trace) => basename(file) + trace);
  for (const name of readdirSync(folder))
    if (starts.some((start) => name.startsWith(start))) rmSync(join(folder, name), { force: true });
}
