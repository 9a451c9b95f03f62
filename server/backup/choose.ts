import 'server-only';
import { realpath } from 'node:fs/promises';
import { StoreRefusal } from '#db/refusal';
import { measureFile } from './files';
import { type Backup, databaseFile, listBackups, objectFile } from './folder';
import { isSignedWith, type StoredObject } from './manifest';
import type { Measure } from './steps';

export type Choice = {
  folder: string;
  /** The stamp of a backup; the newest otherwise. */
  at: string | undefined;
  /** A seal that a person noted, in the place of a signature. */
  seal: string | undefined;
};

export type Chosen = { root: string; backup: Backup; all: Backup[]; unreadable: string[] };

/** Finds the backup that is meant. Throws `StoreRefusal` where there is none, or its manifest cannot be read. */
export async function chooseBackup({ folder, at }: Pick<Choice, 'folder' | 'at'>): Promise<Chosen> {
  const root = await realpath(folder).catch(() => {
    throw new StoreRefusal(`${folder} is not there. Is the disk for backups mounted?`);
  });
  const { backups, unreadable } = await listBackups(root);
  const newest = backups.at(-1);
  if (!newest && unreadable.length === 0) throw new StoreRefusal(`${root} holds no backup of Regrasp.`);
  const wanted = at ?? [...unreadable, newest?.stamp ?? ''].sort().at(-1);
  const backup = backups.find(({ stamp }) => stamp === wanted);
  if (backup) return { root, backup, all: backups, unreadable };
  const others = backups.map(({ stamp }) => stamp).join(', ') || 'none';
  if (wanted && unreadable.includes(wanted))
    throw new StoreRefusal(`The manifest of ${wanted} is missing or damaged. Others, to be chosen by --at: ${others}.`);
  throw new StoreRefusal(`${root} holds no backup of ${wanted}. There are: ${others}.`);
}

/** Whether this backup was made with the secret of this place, or is the one whose seal was noted. */
export function isGenuine(
  { text, signature, seal }: Backup,
  given: { secret: string; seal: string | undefined },
): boolean {
  return given.seal === undefined ? isSignedWith(text, signature, given.secret) : given.seal === seal;
}

export const NOT_GENUINE = ({ stamp, seal }: Backup) =>
  `Backup ${stamp} was not made with the REGRASP_SECRET that is set here, or was changed since. Set the secret that was in force; where it is lost, compare the seal with the one that the backup printed: --seal ${seal} takes it as genuine.`;

/** What of a backup is not as its manifest says: checked as stored, so without a secret key. Reads every byte. */
export async function storedFaults(root: string, backup: Backup, seen = new Set<string>()): Promise<StoredFaults> {
  const isEncrypted = backup.manifest.recipients.length > 0;
  const database = await faultOf(databaseFile(root, backup), backup.manifest.database);
  const objects: StoredFaults['objects'] = [];
  for (const object of backup.manifest.objects) {
    const version = `${object.key} ${object.sha256}`;
    if (seen.has(version)) continue;
    seen.add(version);
    const fault = await faultOf(objectFile(root, object.key, isEncrypted), object);
    if (fault) objects.push({ ...object, fault });
  }
  return { database, objects };
}

type Fault = 'missing' | 'changed';
export type StoredFaults = { database: Fault | null; objects: (StoredObject & { fault: Fault })[] };

async function faultOf(file: string, { sha256, bytes }: Measure): Promise<Fault | null> {
  try {
    const { after } = await measureFile(file);
    return after.sha256 === sha256 && after.bytes === bytes ? null : 'changed';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
    // A link, or a folder, where a file belongs.
    if (code === 'ELOOP' || code === undefined) return 'changed';
    throw error;
  }
}
