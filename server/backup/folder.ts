import 'server-only';
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { StoreRefusal } from '#db/refusal';
import { makeFolder, readText, sync, writeWhole } from './files';
import {
  KEY,
  type Manifest,
  parseManifest,
  RECIPIENT,
  STAMP,
  sealOf,
  signManifest,
  stampOf,
  writeManifest,
} from './manifest';

/**
 * A folder of backups of one store, for one set of keys:
 *
 *     regrasp-backups.json             whose it is
 *     backups/STAMP/manifest.json      what belongs to this backup, by hash
 *     backups/STAMP/signature
 *     backups/STAMP/database[.age]
 *     media/ab/KEY[.age]               each object once, whichever backups name it
 *     unfinished/                      of a backup that is being made, or was broken off
 *
 * A backup is there when its folder in `backups` is: that is one rename.
 */
const MARK = 'regrasp-backups.json';
const UNFINISHED = 'unfinished';
/** Whatever the clock says, so many backups stay. */
const KEPT_AT_LEAST = 3;

const markSchema = z.object({
  format: z.literal(1),
  storeId: z.string(),
  recipients: z.array(z.string().regex(RECIPIENT)),
});

/** A whole backup in the folder. */
export type Backup = { stamp: string; manifest: Manifest; text: string; seal: string; signature: string };

const ending = (isEncrypted: boolean) => (isEncrypted ? '.age' : '');

export function databaseFile(root: string, { stamp, manifest }: Pick<Backup, 'stamp' | 'manifest'>): string {
  return join(root, 'backups', stamp, `database${ending(manifest.recipients.length > 0)}`);
}

export function objectFile(root: string, key: string, isEncrypted: boolean): string {
  if (!KEY.test(key)) throw new Error('not a storage key');
  return join(root, 'media', key) + ending(isEncrypted);
}

export const unfinishedFile = (root: string, name: string) => join(root, UNFINISHED, name);

type Use = {
  storeId: string;
  recipients: readonly string[];
  /** Backups of this store were made here before, so that an empty folder is a disk that is not mounted. */
  wasUsed: boolean;
  isNew: boolean;
  mediaFolder: string;
};

/** Takes a folder into use, or goes on in it; what a broken-off backup left half is removed. Returns its real path. */
export async function openFolder(folder: string, use: Use): Promise<string> {
  const parent = dirname(resolve(folder));
  if (!(await isFolder(parent))) throw new StoreRefusal(`${parent} is not there. Is the disk for backups mounted?`);
  await refuseNesting(join(await realpath(parent), basename(resolve(folder))), use.mediaFolder);
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const root = await realpath(folder);
  await refuseNesting(root, use.mediaFolder);
  await claim(root, use);
  // The build is not to look for these paths: they are known at run time only.
  for (const name of ['backups', 'media', UNFINISHED]) await makeFolder(join(/* turbopackIgnore: true */ root, name));
  await clearUnfinished(root);
  return root;
}

/** What a backup that did not come to its end had half written; the objects that it brought stay. */
export async function clearUnfinished(root: string): Promise<void> {
  for (const name of await readdir(join(root, UNFINISHED)))
    await rm(unfinishedFile(root, name), { recursive: true, force: true });
}

const isFolder = (path: string) =>
  lstat(path).then(
    (found) => found.isDirectory() || found.isSymbolicLink(),
    () => false,
  );

async function refuseNesting(root: string, mediaFolder: string): Promise<void> {
  const media = await realpath(mediaFolder).catch(() => resolve(mediaFolder));
  if (`${root}${sep}`.startsWith(`${media}${sep}`) || `${media}${sep}`.startsWith(`${root}${sep}`))
    throw new StoreRefusal(`${root} and MEDIA_DIR lie in one another. Choose a folder on another disk.`);
}

async function claim(root: string, { storeId, recipients, wasUsed, isNew }: Use): Promise<void> {
  const text = await readText(join(root, MARK));
  if (text === null) {
    if ((await readdir(root)).some((name) => name !== 'lost+found' && name !== `${MARK}.part`))
      throw new StoreRefusal(`${root} holds other things than backups of Regrasp. Choose an empty folder.`);
    if (wasUsed && !isNew)
      throw new StoreRefusal(
        `${root} held backups of this store and is empty now. Is its disk mounted? With --new they are begun anew there.`,
      );
    await writeWhole(join(root, MARK), `${JSON.stringify({ format: 1, storeId, recipients })}\n`);
    return;
  }
  const mark = parseMark(text);
  if (!mark) throw new StoreRefusal(`${join(root, MARK)} cannot be read. Choose another folder.`);
  if (mark.storeId !== storeId)
    throw new StoreRefusal(`${root} holds backups of another store. Choose another folder.`);
  if (mark.recipients.join() === recipients.join()) return;
  const how = mark.recipients.length > 0 ? `are encrypted to ${mark.recipients.join(', ')}` : 'are not encrypted';
  throw new StoreRefusal(`Backups in ${root} ${how}. For another key choose another folder.`);
}

function parseMark(text: string) {
  try {
    return markSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The backups of a folder, oldest first, and the stamps of those whose manifest cannot be read. */
export async function listBackups(root: string): Promise<{ backups: Backup[]; unreadable: string[] }> {
  // Only what is not there holds none: media that no backup names are removed.
  const names = await readdir(join(root, 'backups')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new StoreRefusal(`${join(root, 'backups')} is there and cannot be read.`, { cause: error });
  });
  const stamps = names.filter((name) => STAMP.test(name)).sort();
  const found: { backups: Backup[]; unreadable: string[] } = { backups: [], unreadable: [] };
  for (const stamp of stamps) {
    const [text, signature] = await Promise.all(
      ['manifest.json', 'signature'].map((name) => readText(join(root, 'backups', stamp, name)).catch(() => null)),
    );
    const manifest = text ? parseManifest(text) : null;
    // An old backup under a newer name would pass for the newest.
    if (!text || !manifest || stampOf(manifest.madeAt) !== stamp) found.unreadable.push(stamp);
    else found.backups.push({ stamp, manifest, text, seal: sealOf(text), signature: signature?.trim() ?? '' });
  }
  return found;
}

/** Makes what lies in `unfinished` a backup: names on disk, then one rename, then that on disk. */
export async function finishBackup(root: string, manifest: Manifest, secret: string): Promise<Backup> {
  const text = writeManifest(manifest);
  const stamp = stampOf(manifest.madeAt);
  const signature = signManifest(text, secret);
  await writeWhole(unfinishedFile(root, 'manifest.json'), text);
  await writeWhole(unfinishedFile(root, 'signature'), `${signature}\n`);
  await rename(join(root, UNFINISHED), join(root, 'backups', stamp));
  await sync(join(root, 'backups'));
  await sync(root);
  return { stamp, manifest, text, seal: sealOf(text), signature };
}

/**
 * Removes backups whose time is over, but not the last three, and then media that no backup names any more; where a
 * manifest cannot be read no media go. Returns what was removed.
 */
export async function removeExpired(root: string, nowMs: number): Promise<Backup[]> {
  const { backups } = await listBackups(root);
  const expired = backups.slice(0, -KEPT_AT_LEAST).filter(({ manifest }) => manifest.expiresAt <= nowMs);
  await makeFolder(join(root, UNFINISHED));
  for (const { stamp } of expired) {
    const aside = unfinishedFile(root, stamp);
    await rename(join(root, 'backups', stamp), aside);
    await rm(aside, { recursive: true });
  }
  if (expired.length > 0) await removeUnnamed(root);
  return expired;
}

async function removeUnnamed(root: string): Promise<void> {
  const { backups, unreadable } = await listBackups(root);
  if (unreadable.length > 0) return;
  const named = new Set(backups.flatMap(({ manifest }) => manifest.objects.map(({ key }) => key)));
  for await (const { key, file } of listObjects(root)) if (!named.has(key)) await rm(file);
}

/** Objects in the folder, whole ones only; a link in a folder's place is passed by. */
async function* listObjects(root: string): AsyncGenerator<{ key: string; file: string }> {
  const media = join(root, 'media');
  for (const shard of await readdir(media, { withFileTypes: true })) {
    if (!shard.isDirectory()) continue;
    for (const name of await readdir(join(media, shard.name))) {
      const key = `${shard.name}/${name.replace(/\.age$/, '')}`;
      if (KEY.test(key)) yield { key, file: join(media, shard.name, name) };
    }
  }
}
