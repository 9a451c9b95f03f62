import 'server-only';
import { randomBytes } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** Where stored objects are. Keys are random and ours; nothing of a name, a patient or a client is in a path. */
export type Storage = {
  /** Takes a finished file in: durable before it resolves. Returns the key. */
  put(file: string): Promise<string>;
  /** A local path for programs such as ffmpeg. */
  path(key: string): string;
  size(key: string): Promise<number | null>;
  read(key: string, range: { start: number; end: number }): ReadStream;
  remove(key: string): Promise<void>;
};

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;

/** The local disk. Every path goes through one `resolve` that refuses to leave the folder. */
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
      const target = path(key);
      await mkdir(dirname(target), { recursive: true });
      await moveDurably(file, target);
      return key;
    },
    async size(key) {
      return await stat(path(key)).then(
        (found) => found.size,
        () => null,
      );
    },
    read: (key, range) => createReadStream(path(key), range),
    remove: (key) => rm(path(key), { force: true }),
  };
}

/** Contents on disk, then the name, then the folder that holds the name: a crash leaves the whole object or none. */
async function moveDurably(from: string, to: string): Promise<void> {
  await sync(from);
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const beside = join(dirname(to), `.${randomBytes(8).toString('hex')}`);
    await copyFile(from, beside, constants.COPYFILE_EXCL);
    await sync(beside);
    await rename(beside, to);
    await rm(from, { force: true });
  }
  await sync(dirname(to));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
