import 'server-only';
import { randomBytes } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** Where stored objects are. Keys are random and ours; nothing of a name, a patient or a client is in a path. */
export type Storage = {
  /** Takes in a finished file: durable before it resolves. The file stays where it was until its row is committed. */
  put(file: string): Promise<string>;
  /** A local path for programs such as ffmpeg. */
  path(key: string): string;
  /** Bytes of an object; null where there is none. */
  size(key: string): Promise<number | null>;
  read(key: string, range: { start: number; end: number }): ReadStream;
  remove(key: string): Promise<void>;
  /** Every object with the time it was written, for the sweep. */
  list(): AsyncGenerator<{ key: string; writtenAt: number }>;
};

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;

/** The local disk. Every path goes through one `path` that refuses to leave the folder. */
export function diskStorage(folder: string): Storage {
  const root = resolve(folder);
  const path = (key: string) => {
    const full = resolve(root, key);
    if (!KEY.test(key) || !full.startsWith(root + sep)) throw new Error('not a storage key');
    return full;
  };
  return {
    path,
    async put(file) {
      const name = randomBytes(16).toString('hex');
      const key = `${name.slice(0, 2)}/${name}`;
      await placeDurably(file, path(key));
      return key;
    },
    size: (key) =>
      stat(path(key)).then(
        (found) => found.size,
        () => null,
      ),
    read: (key, range) => createReadStream(path(key), range),
    remove: (key) => rm(path(key), { force: true }),
    async *list() {
      for (const shard of await readdir(root).catch(() => [])) {
        if (!/^[0-9a-f]{2}$/.test(shard)) continue;
        for (const name of await readdir(join(root, shard))) {
          const key = `${shard}/${name}`;
          const found = KEY.test(key) ? await stat(path(key)).catch(() => null) : null;
          if (found) yield { key, writtenAt: found.mtimeMs };
        }
      }
    },
  };
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
    await sync(beside);
    await rename(beside, to);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await sync(folder);
  await sync(dirname(folder));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
