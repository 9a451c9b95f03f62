import 'server-only';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * An object as the sweep meets it. `at` asks the disk when it was written or, once set aside, when that was done: epoch
 * ms, null where it is gone meanwhile. Only of what no row names is that asked.
 */
export type StoredObject = { key: string; at(): Promise<number | null> };

/** Where stored objects are. Keys are random and ours; nothing of a name, a patient or a client is in a path. */
export type Storage = {
  /** Takes in a finished file: durable before it resolves. The file stays where it was until its row is committed. */
  put(file: string): Promise<string>;
  /** As `put`, under the key that the object had elsewhere. */
  putBack(key: string, file: string): Promise<void>;
  /** Bytes of an object; null where there is none. */
  size(key: string): Promise<number | null>;
  /** Bytes `start` to `end`, both included. */
  read(key: string, range: { start: number; end: number }): Readable;
  /** The object wherever it lies, in quarantine too, as it was when this resolved; null where it is gone. */
  recover(key: string): Promise<{ bytes: number; content: Readable } | null>;
  /** The object as a local file for programs such as ffmpeg, as long as `work` runs. */
  withFile<T>(key: string, work: (file: string) => Promise<T>): Promise<T>;
  remove(key: string): Promise<void>;
  list(): AsyncGenerator<StoredObject>;
  /** Out of the way, to be found again: nothing reads it under its key until it is taken back. */
  setAside(key: string, atMs: number): Promise<void>;
  takeBack(key: string): Promise<void>;
  listSetAside(): AsyncGenerator<StoredObject>;
  removeSetAside(key: string): Promise<void>;
  /** Whose objects these are (`store.id` of a database); null where nobody has said so. */
  owner(): Promise<string | null>;
  claim(storeId: string): Promise<void>;
};

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;
const OWNER_FILE = 'store-id';
const ASIDE = 'quarantine';

/** The local disk. Every path goes through one `path` that refuses to leave the folder. */
export function diskStorage(folder: string): Storage {
  const root = resolve(folder);
  const pathIn = (base: string, key: string) => {
    const full = resolve(base, key);
    if (!KEY.test(key) || !full.startsWith(base + sep)) throw new Error('not a storage key');
    return full;
  };
  const path = (key: string) => pathIn(root, key);
  const aside = (key: string) => pathIn(join(root, ASIDE), key);
  return {
    async put(file) {
      const name = randomBytes(16).toString('hex');
      const key = `${name.slice(0, 2)}/${name}`;
      await placeDurably(file, path(key));
      return key;
    },
    putBack: (key, file) => placeDurably(file, path(key)),
    size: (key) =>
      stat(path(key))
        .then((found) => found.size)
        .catch(whereMissing(null)),
    read: (key, range) => createReadStream(path(key), range),
    recover: async (key) => (await openObject(path(key))) ?? (await openObject(aside(key))),
    withFile: (key, work) => work(path(key)),
    remove: (key) => rm(path(key), { force: true }),
    list: () => listObjects(root),
    async setAside(key, atMs) {
      await moveDurably(path(key), aside(key));
      // Its age is counted from now.
      await utimes(aside(key), atMs / 1000, atMs / 1000);
    },
    takeBack: (key) => moveDurably(aside(key), path(key)),
    listSetAside: () => listObjects(join(root, ASIDE)),
    removeSetAside: (key) => rm(aside(key), { force: true }),
    owner: () =>
      readFile(join(root, OWNER_FILE), 'utf8')
        .then((text) => text.trim())
        .catch(whereMissing(null)),
    async claim(storeId) {
      await mkdir(root, { recursive: true });
      const written = join(root, `.${OWNER_FILE}`);
      await writeFile(written, `${storeId}\n`);
      await moveDurably(written, join(root, OWNER_FILE));
    },
  };
}

/** Held open: whoever removes the file meanwhile takes nothing from the reader. */
async function openObject(file: string): Promise<{ bytes: number; content: Readable } | null> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return null;
  const { size } = await handle.stat();
  return { bytes: size, content: handle.createReadStream({ highWaterMark: 256 * 1024 }) };
}

/** What is not there, and only that: what cannot be read must not be taken for missing. */
const whereMissing =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };

async function* listObjects(root: string): AsyncGenerator<StoredObject> {
  for (const shard of await readdir(root).catch(whereMissing<string[]>([]))) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue;
    for (const name of await readdir(join(root, shard))) {
      const key = `${shard}/${name}`;
      const at = () => stat(join(root, key)).then(({ mtimeMs }) => mtimeMs, whereMissing(null));
      if (KEY.test(key)) yield { key, at };
    }
  }
}

/** Contents on disk, then the name, then the folder that holds the name: a crash leaves the whole object or none. */
async function placeDurably(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await mkdir(folder, { recursive: true });
  // The build is not to look for this path: it is known at run time only.
  const beside = join(/* turbopackIgnore: true */ folder, `.${randomBytes(8).toString('hex')}`);
  // A second name costs nothing; only another disk needs the bytes copied.
  await link(from, beside).catch(() => copyFile(from, beside));
  try {
    await moveDurably(beside, to);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await sync(dirname(folder));
}

/** Within one disk. */
async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await sync(from);
  await rename(from, to);
  await sync(dirname(to));
  if (dirname(from) !== dirname(to)) await sync(dirname(from));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
