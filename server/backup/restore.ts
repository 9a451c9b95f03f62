import 'server-only';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isPostgres } from '#db/columns';
import { asRefusal, StoreRefusal } from '#db/refusal';
import { readReleased, schemaStanding } from '#db/released';
import type { NamedObject } from '#db/snapshot';
import { diskStorage, type Storage } from '#server/media/storage';
import type { Env } from '#server/runtime/env';
import { type Choice, chooseBackup, isGenuine, NOT_GENUINE, storedFaults } from './choose';
import { decryptWith } from './crypt';
import { type Erasure, readErasures } from './erasures';
import { measureFile, openPlain, type Passed, writeStream } from './files';
import { type Backup, databaseFile, objectFile } from './folder';
import type { StoredObject } from './manifest';
import { type BackedUp, placeOf, requireEmptyMedia, workFolderOf } from './place';
import { writeRestoredFrom } from './restored-from';
import { measuring, type Step } from './steps';

export type RestoreRequest = Choice & {
  /** Secret keys of age; none for a backup that is not encrypted. */
  identities: readonly string[];
  /** What is missing or damaged in the backup is left out, instead of refusing all. */
  isIncompleteTaken: boolean;
  /** A list of erased records that is not genuine is left out, instead of refusing all: those records come back. */
  areErasuresLeftOut: boolean;
};

export type Restored = { backup: Backup; where: string; objects: number; leftOut: string[] };

/**
 * Puts a backup into an empty place: the database under a name that no start accepts, then the media, each compared
 * with what the database says of it, then the database's own name. Broken off, it is run again and goes on. Throws
 * `StoreRefusal`; before the first byte is written everything in the backup has been compared with its manifest.
 */
export async function restoreBackup(
  env: Env,
  releaseRoot: string,
  request: RestoreRequest,
  clock: () => number,
): Promise<Restored> {
  const { root, backup } = await chooseBackup(request);
  const place = placeOf(env, backup.manifest.id);
  try {
    requireFitting(env, releaseRoot, backup, request);
    await place.requireEmpty();
    await requireEmptyMedia(env.MEDIA_DIR, backup.manifest.id);
    const leftOut = await requireStored(root, backup, request);
    const erasures = request.areErasuresLeftOut ? [] : await readErasures(root, env.REGRASP_SECRET);
    await place.begin();
    await beginMedia(env.MEDIA_DIR, backup, { folder: root, restoredAt: clock(), erasures });
    const change = decryptWith(backup.manifest.recipients.length > 0 ? request.identities : []);
    const facts = await place.put(() => openDatabase({ root, backup, change }));
    if (facts.storeId !== backup.manifest.storeId)
      throw new StoreRefusal('The database of this backup is another store than its manifest says.');
    const target = { root, backup, change, mediaFolder: env.MEDIA_DIR, leftOut };
    const { broken, lost } = await restoreObjects(target, facts.objects).catch((error: unknown) => {
      throw asRefusal(error, env.MEDIA_DIR);
    });
    if (broken.length > 0 && !request.isIncompleteTaken) throw incomplete(broken);
    await diskStorage(env.MEDIA_DIR).claim(facts.storeId);
    await place.finish();
    const without = [...lost, ...broken];
    return { backup, where: place.where, objects: facts.objects.length - without.length, leftOut: without };
  } catch (error) {
    throw asRefusal(error, place.where);
  } finally {
    place.release();
  }
}

async function openDatabase({ root, backup, change }: Pick<Target, 'root' | 'backup' | 'change'>): Promise<BackedUp> {
  const stored = measuring();
  const { content } = await openPlain(databaseFile(root, backup));
  const check = () => {
    if (stored.measured().sha256 !== backup.manifest.database.sha256)
      throw new StoreRefusal('The database of this backup was changed while it was read.');
  };
  return { source: stored.step(content), change, check };
}

function requireFitting(env: Env, releaseRoot: string, backup: Backup, request: RestoreRequest): void {
  const { engine, schema, recipients } = backup.manifest;
  const own = isPostgres(env.DATABASE_URL) ? 'postgres' : 'sqlite';
  if (!isGenuine(backup, { secret: env.REGRASP_SECRET, seal: request.seal }))
    throw new StoreRefusal(NOT_GENUINE(backup));
  if (engine !== own)
    throw new StoreRefusal(
      `This backup is of ${nameOf(engine)}, and DATABASE_URL names ${nameOf(own)}. Choose the same engine.`,
    );
  if (recipients.length > 0 && request.identities.length === 0)
    throw new StoreRefusal(
      `This backup is encrypted to ${recipients.join(', ')}. Give the file of a secret key: --identity FILE.`,
    );
  const released = readReleased(join(releaseRoot, 'db/migrations', own));
  if (schemaStanding(schema, released).kind === 'newer')
    throw new StoreRefusal(
      'This backup was made by a newer release of Regrasp. Restore it with that one or a later one.',
    );
}

const nameOf = (engine: 'sqlite' | 'postgres') => (engine === 'sqlite' ? 'SQLite' : 'PostgreSQL');

const incomplete = (what: readonly string[]) =>
  new StoreRefusal(
    `Not everything can be restored:\n${what.map((line) => `  ${line}`).join('\n')}\nAn older backup (--at) may have it. With --incomplete the rest is restored without.`,
  );

/** Keys whose object is missing in the backup; one that is changed is tried, and its content compared with its row. */
async function requireStored(root: string, backup: Backup, request: RestoreRequest): Promise<Set<string>> {
  const { database, objects } = await storedFaults(root, backup);
  if (database)
    throw new StoreRefusal(`The database of backup ${backup.stamp} is ${database}. Choose another by --at.`);
  if (objects.length > 0 && !request.isIncompleteTaken)
    throw incomplete(objects.map(({ key, fault }) => `object ${key} is ${fault} in the backup`));
  return new Set(objects.filter(({ fault }) => fault === 'missing').map(({ key }) => key));
}

async function beginMedia(
  mediaFolder: string,
  backup: Backup,
  when: { folder: string; restoredAt: number; erasures: Erasure[] },
): Promise<void> {
  await mkdir(mediaFolder, { recursive: true });
  const { id, storeId, madeAt, finishedAt, expiresAt, recipients } = backup.manifest;
  const said = { id, storeId, madeAt, finishedAt, expiresAt, encrypted: recipients.length > 0, seal: backup.seal };
  await writeRestoredFrom(mediaFolder, { ...said, ...when, folder: resolve(when.folder) });
}

type Target = { root: string; backup: Backup; change: Step; mediaFolder: string; leftOut: ReadonlySet<string> };

/** What could not be restored, a line each: `lost` was missing when the backup was made. */
type Without = { broken: string[]; lost: string[] };

async function restoreObjects(target: Target, named: readonly NamedObject[]): Promise<Without> {
  const storage = diskStorage(target.mediaFolder);
  const stored = new Map(target.backup.manifest.objects.map((object) => [object.key, object]));
  const work = await workFolderOf(target.mediaFolder);
  const { unsound } = target.backup.manifest;
  const missing = new Set(unsound.filter(({ why }) => why === 'missing').map(({ mediaId }) => mediaId));
  const without: Without = { broken: [], lost: [] };
  for (const object of named) {
    const { mediaId, key } = object;
    if (missing.has(mediaId)) without.lost.push(`media ${mediaId} was missing when the backup was made`);
    else {
      const expected = target.leftOut.has(key) ? undefined : stored.get(key);
      const problem = expected
        ? await restoreObject(target, { storage, object, expected, part: work.file })
        : 'is not in the backup';
      if (problem) without.broken.push(`media ${mediaId} ${problem}`);
    }
  }
  await work.remove();
  return without;
}

type OneObject = { storage: Storage; object: NamedObject; expected: StoredObject; part: string };

async function restoreObject(
  { backup, root, change }: Target,
  { storage, object, expected, part }: OneObject,
): Promise<string | null> {
  const wasDamaged = backup.manifest.unsound.some(({ mediaId }) => mediaId === object.mediaId);
  if (await isInPlace(storage, object)) return null;
  const file = objectFile(root, object.key, backup.manifest.recipients.length > 0);
  const written = await salvage(part, file, change);
  if (!written) return 'cannot be read in the backup';
  const { before, after } = written;
  // Where its row says what it is, that decides: a copy that was mended since is another file, with the same content.
  if (object.sha256 === null && before.sha256 !== expected.sha256) return 'was changed in the backup';
  if (object.sha256 !== null && object.sha256 !== after.sha256 && !wasDamaged)
    return 'is another file than its row says';
  await storage.putBack(object.key, part);
  return null;
}

/** Null where the file is a link, or cannot be decrypted. */
async function salvage(part: string, file: string, change: Step): Promise<Passed | null> {
  try {
    return await writeStream(part, (await openPlain(file)).content, change);
  } catch (error) {
    if (error instanceof StoreRefusal || (error as NodeJS.ErrnoException).code === 'ELOOP') return null;
    throw error;
  }
}

/** From a restore that was broken off. */
async function isInPlace(storage: Storage, { key, sha256 }: NamedObject): Promise<boolean> {
  if (sha256 === null || (await storage.size(key)) === null) return false;
  return await storage.withFile(key, async (file) => (await measureFile(file)).after.sha256 === sha256);
}
