import 'server-only';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StoreRefusal } from '#db/refusal';
import { asItIs, type Measure, measuring, type Step } from './steps';

/** A stream before and after it was changed on its way: encrypted, decrypted, or neither. */
export type Passed = { before: Measure; after: Measure };

/** Writes a stream to a file of this name, on disk before it resolves. A failure leaves none. */
export async function writeStream(file: string, source: AsyncIterable<Uint8Array>, change: Step): Promise<Passed> {
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  const [before, after] = [measuring(), measuring()];
  try {
    await pipeline(source, before.step, change, after.step, (pieces) => writeFile(handle, pieces));
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return { before: before.measured(), after: after.measured() };
}

/** A small file, whole and on disk under its name, or as it was. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeStream(`${file}.part`, Readable.from([Buffer.from(text)]), asItIs);
  await rename(`${file}.part`, file);
  await sync(dirname(file));
}

/** Opens a file for reading; throws where the name is a link, so that nothing outside of the folder is read for it. */
export async function openPlain(file: string): Promise<{ bytes: number; content: Readable }> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  const found = await handle.stat();
  if (!found.isFile()) {
    await handle.close();
    throw new Error(`${file} is no file`);
  }
  return { bytes: found.size, content: handle.createReadStream({ highWaterMark: 256 * 1024 }) };
}

/** Reads a file to its end for its hashes. */
export async function measureFile(file: string, change: Step = asItIs): Promise<Passed> {
  const [before, after] = [measuring(), measuring()];
  await pipeline((await openPlain(file)).content, before.step, change, after.step, async (source) => {
    for await (const _ of source);
  });
  return { before: before.measured(), after: after.measured() };
}

/** Makes a folder where it is not there. Throws where a link stands in its place: what we write and remove stays inside. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(folder)).isDirectory())
    throw new StoreRefusal(`${folder} is a link or a file where a folder belongs. Remove it first; nothing was done.`);
}

/** A folder's names on disk, or a file's content. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A small file as text; null where there is none. Throws `StoreRefusal` for one that cannot be read, or a link. */
export async function readText(file: string): Promise<string | null> {
  try {
    const { content } = await openPlain(file);
    return Buffer.concat(await content.toArray()).toString('utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null;
    throw new StoreRefusal(`${file} is there and cannot be read.`, { cause });
  }
}
