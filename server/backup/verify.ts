import 'server-only';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asRefusal } from '#db/refusal';
import { readSqliteFacts, type SnapshotFacts } from '#db/snapshot';
import { sqliteFaults } from '#db/soundness';
import { type Choice, type Chosen, chooseBackup, isGenuine, NOT_GENUINE, storedFaults } from './choose';
import { decryptWith } from './crypt';
import { readDump } from './dump';
import { measureFile, openPlain, writeStream } from './files';
import { type Backup, databaseFile, objectFile } from './folder';
import type { Step } from './steps';

export type VerifyRequest = Choice & {
  /** Secret keys of age; without one, what is encrypted is checked from outside only. */
  identities: readonly string[];
  /** REGRASP_SECRET; without it nobody can say who made the backup. */
  secret: string | undefined;
  pgRestore: string;
};

/** What was looked at, and what is wrong with it: ids, keys and stamps, never content. */
export type Verified = { looked: string[]; wrong: string[] };

/** Checks a folder of backups: every byte of all of them from outside, and one of them from inside. */
export async function verifyFolder(request: VerifyRequest): Promise<Verified> {
  const chosen = await chooseBackup(request);
  const result: Verified = { looked: [], wrong: [] };
  try {
    checkManifests(chosen, request, result);
    const isWhole = await checkStored(chosen, result);
    await checkInside(chosen, request, isWhole, result);
    return result;
  } catch (error) {
    throw asRefusal(error, request.folder);
  }
}

function checkManifests({ all, backup, unreadable }: Chosen, request: VerifyRequest, result: Verified): void {
  for (const stamp of unreadable) result.wrong.push(`backup ${stamp}: its manifest is missing or damaged`);
  for (const { stamp, manifest } of all)
    if (manifest.storeId !== backup.manifest.storeId) result.wrong.push(`backup ${stamp} is of another store`);
  result.looked.push(`backups: ${all.length}; the seal of ${backup.stamp}: ${backup.seal}`);
  const { secret, seal } = request;
  if (secret === undefined && seal === undefined)
    result.looked.push('who made it is not checked: REGRASP_SECRET is not set');
  else if (!isGenuine(backup, { secret: secret ?? '', seal })) result.wrong.push(NOT_GENUINE(backup));
}

/** Whether the chosen backup can be opened at all. */
async function checkStored({ root, all, backup }: Chosen, result: Verified): Promise<boolean> {
  const seen = new Set<string>();
  let isWhole = true;
  for (const one of [backup, ...all.filter((other) => other !== backup)]) {
    const { database, objects } = await storedFaults(root, one, seen);
    if (database) result.wrong.push(`backup ${one.stamp}: its database is ${database}`);
    for (const { key, fault } of objects) result.wrong.push(`object ${key}: ${fault} in the folder`);
    if (one === backup && database) isWhole = false;
  }
  result.looked.push(`compared with the manifests' SHA-256: databases ${all.length}, objects ${seen.size}`);
  return isWhole;
}

async function checkInside(chosen: Chosen, request: VerifyRequest, isWhole: boolean, result: Verified): Promise<void> {
  const { root, backup } = chosen;
  if (!isWhole) return;
  const isEncrypted = backup.manifest.recipients.length > 0;
  if (isEncrypted && request.identities.length === 0) {
    result.looked.push('what is in it is not checked: it is encrypted, and no --identity was given');
    return;
  }
  const change = decryptWith(isEncrypted ? request.identities : []);
  const facts = await openDatabase(root, backup, { change, pgRestore: request.pgRestore }, result);
  if (!facts) return;
  if (facts.storeId !== backup.manifest.storeId)
    result.wrong.push(`backup ${backup.stamp}: its database is another store than its manifest says`);
  await checkObjects({ root, backup, change }, facts, result);
}

type Opening = { change: Step; pgRestore: string };

async function openDatabase(
  root: string,
  backup: Backup,
  opening: Opening,
  result: Verified,
): Promise<SnapshotFacts | null> {
  const { change, pgRestore } = opening;
  const wrong = (why: string) => {
    result.wrong.push(`backup ${backup.stamp}: its database cannot be opened: ${why}`);
    return null;
  };
  // Not encrypted any more: for this account's eyes only, and no longer than needed.
  const folder = await mkdtemp(join(tmpdir(), 'regrasp-verify-'));
  try {
    const { content } = await openPlain(databaseFile(root, backup));
    if (backup.manifest.engine === 'postgres') {
      const facts = await readDump(pgRestore, content, change);
      result.looked.push('the dump is read to its end; into a PostgreSQL server only a restore puts it');
      return facts;
    }
    const file = join(folder, 'database');
    await writeStream(file, content, change);
    const faults = sqliteFaults(file);
    for (const fault of faults) result.wrong.push(`backup ${backup.stamp}: its database is not sound: ${fault}`);
    result.looked.push('the database opens; its integrity and foreign keys are checked');
    return readSqliteFacts(file);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Inside = { root: string; backup: Backup; change: Step };

/** Every object that a row names is there and is the one that the row says. */
async function checkObjects({ root, backup, change }: Inside, facts: SnapshotFacts, result: Verified): Promise<void> {
  const { manifest } = backup;
  const stored = new Set(manifest.objects.map(({ key }) => key));
  const known = new Map(manifest.unsound.map(({ mediaId, why }) => [mediaId, why]));
  for (const { mediaId, key, sha256 } of facts.objects) {
    const already = known.get(mediaId);
    if (already) result.wrong.push(`media ${mediaId}: ${already} in the store already when the backup was made`);
    else if (!stored.has(key)) result.wrong.push(`media ${mediaId}: its object is not in the backup`);
    else {
      const found = await contentOf(objectFile(root, key, manifest.recipients.length > 0), change);
      if (found === null || (sha256 !== null && found !== sha256))
        result.wrong.push(
          `media ${mediaId}: its object is ${found === null ? 'not readable' : 'another file than its row says'}`,
        );
    }
  }
  result.looked.push(`compared with the SHA-256 of their rows: objects ${facts.objects.length}`);
}

/** SHA-256 of what is in a file; null where it cannot be read or decrypted. */
async function contentOf(file: string, change: Step): Promise<string | null> {
  return await measureFile(file, change).then(
    ({ after }) => after.sha256,
    () => null,
  );
}
