import 'server-only';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findMediaById } from '#db/queries/check-in/media';
import type { NamedObject } from '#db/snapshot';
import type { AppProcess } from '#server/runtime/process';
import { encryptTo } from './crypt';
import { makeFolder, measureFile, openPlain, sync, writeStream } from './files';
import { type Backup, objectFile, unfinishedFile } from './folder';
import { isSignedWith, type Manifest, type StoredObject } from './manifest';

export type Copied = {
  objects: StoredObject[];
  unsound: Manifest['unsound'];
  /** How many were written now; the others were there. */
  copied: number;
  /** How many the snapshot names that the store has let go since, by right. */
  gone: number;
};

type Request = {
  named: readonly NamedObject[];
  recipients: readonly string[];
  known: readonly Backup[];
};

/** Brings every object that a snapshot names into the folder, where it is not there yet. */
export async function copyObjects(app: AppProcess, root: string, request: Request): Promise<Copied> {
  const known = knownObjects(request.known, app.env.REGRASP_SECRET);
  const result: Copied = { objects: [], unsound: [], copied: 0, gone: 0 };
  const folders = new Set<string>();
  for (const named of request.named) {
    const file = objectFile(root, named.key, request.recipients.length > 0);
    await makeFolder(dirname(file));
    const there = await findThere(file, known.get(named.key));
    if (there) {
      result.objects.push({ key: named.key, ...there });
      continue;
    }
    const object = await copyObject(app, { root, file, named, recipients: request.recipients });
    if (object === 'missing') {
      if (await isStillNamed(app, named)) result.unsound.push({ mediaId: named.mediaId, why: 'missing' });
      else result.gone += 1;
      continue;
    }
    if (object.isDamaged) result.unsound.push({ mediaId: named.mediaId, why: 'damaged' });
    result.objects.push({ key: named.key, sha256: object.sha256, bytes: object.bytes });
    result.copied += 1;
    folders.add(dirname(file));
  }
  for (const folder of folders) await sync(folder);
  return result;
}

/** By key, as the folder's own backups say; what somebody else wrote there is read again. */
function knownObjects(known: readonly Backup[], secret: string): Map<string, StoredObject> {
  const own = known.filter(({ text, signature }) => isSignedWith(text, signature, secret));
  return new Map(own.flatMap(({ manifest }) => manifest.objects.map((object) => [object.key, object])));
}

/** An object that is in the folder already: whole, since it got its name when it was. */
async function findThere(file: string, known: StoredObject | undefined) {
  const found = await openPlain(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found) return null;
  found.content.destroy();
  if (known) return known.bytes === found.bytes ? { sha256: known.sha256, bytes: known.bytes } : null;
  return (await measureFile(file)).after;
}

type OneCopy = { root: string; file: string; named: NamedObject; recipients: readonly string[] };

async function copyObject(app: AppProcess, { root, file, named, recipients }: OneCopy) {
  const found = await app.storage.recover(named.key);
  if (!found) return 'missing';
  const part = unfinishedFile(root, 'object');
  const { before, after } = await writeStream(part, found.content, encryptTo(recipients));
  await rename(part, file);
  return { ...after, isDamaged: named.sha256 !== null && named.sha256 !== before.sha256 };
}

async function isStillNamed(app: AppProcess, { mediaId, key }: NamedObject): Promise<boolean> {
  const row = await app.database.read((d) => findMediaById(d, { mediaId }));
  return row?.storageKey === key && row.state !== 'deleted';
}
