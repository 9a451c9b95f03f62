import 'server-only';
import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { holdBackupTurn } from '#db/lock';
import { postgresPlace } from '#db/migrate';
import { sqliteFile } from '#db/open';
import { endBackups, findStoreId, hasBackupsIn, insertBackup } from '#db/queries/runtime/store';
import { asRefusal, StoreRefusal } from '#db/refusal';
import { readSqliteFacts, type SnapshotFacts, snapshotSqlite, withPostgresSnapshot } from '#db/snapshot';
import { DAY_MS } from '#domain/time/duration';
import { ownsMedia } from '#server/media/ownership';
import type { AppProcess } from '#server/runtime/process';
import { type Copied, copyObjects } from './copy-objects';
import { encryptTo } from './crypt';
import { writeErasures } from './erasures';
import { measureFile, openPlain, sync, writeStream } from './files';
import {
  type Backup,
  clearUnfinished,
  finishBackup,
  listBackups,
  openFolder,
  removeExpired,
  unfinishedFile,
} from './folder';
import { isSignedWith, type Manifest } from './manifest';
import { startPostgresTool } from './postgres-tools';
import type { Measure } from './steps';

export type BackupRequest = {
  folder: string;
  /** Public keys of age; none = not encrypted. */
  recipients: readonly string[];
  keepDays: number;
  /** A folder that held backups and is empty now is taken all the same. */
  isNew: boolean;
};

export type BackupMade = { backup: Backup; copied: number; removed: Backup[] };

/** So often a snapshot is taken anew because media that it names went, by right, before they were copied. */
const TRIES = 4;

/**
 * Backs up database and media of a running store into a folder: first one state of the database, then every object
 * that this state names. Objects never change, so the two are a pair. Throws `StoreRefusal`; earlier backups are whole.
 */
export async function makeBackup(app: AppProcess, request: BackupRequest, clock: () => number): Promise<BackupMade> {
  const release = await holdBackupTurn(app.env.DATABASE_URL);
  try {
    return await makeInTurn(app, request, clock);
  } catch (error) {
    throw asRefusal(error, request.folder);
  } finally {
    await release();
  }
}

async function makeInTurn(app: AppProcess, request: BackupRequest, clock: () => number): Promise<BackupMade> {
  const { recipients, isNew } = request;
  const folder = resolve(request.folder);
  const { storeId, wasUsed } = await app.database.read(function* (d) {
    return { storeId: yield* findStoreId(d), wasUsed: yield* hasBackupsIn(d, { folder }) };
  });
  const mediaFolder = app.env.MEDIA_DIR;
  if (!(await ownsMedia(app)))
    throw new StoreRefusal(
      `${mediaFolder} holds the objects of another database, or not those that this one names. Is its disk mounted?`,
    );
  const root = await openFolder(folder, { storeId, recipients, wasUsed, isNew, mediaFolder });
  const known = await listBackups(root);
  const pair = await takePair(app, root, { recipients, known: known.backups, clock }).catch(async (error: unknown) => {
    await clearUnfinished(root);
    throw error;
  });
  const { facts, madeAt, database, objects } = pair;
  const finishedAt = clock();
  const manifest: Manifest = {
    format: 1,
    id: randomUUID(),
    storeId,
    engine: app.database.engine,
    schema: facts.schema,
    madeAt,
    finishedAt,
    expiresAt: madeAt + request.keepDays * DAY_MS,
    recipients: [...recipients],
    database,
    objects: objects.objects,
    unsound: objects.unsound,
  };
  const backup = await finishBackup(root, manifest, app.env.REGRASP_SECRET);
  await writeErasures(app, root);
  const removed = await removeExpired(root, clock());
  await record(app, { folder, nowMs: clock(), ...(await listBackups(root)) });
  return { backup, copied: objects.copied, removed };
}

type Pair = { facts: SnapshotFacts; madeAt: number; database: Measure; objects: Copied };
type PairRequest = { recipients: readonly string[]; known: readonly Backup[]; clock: () => number };

async function takePair(app: AppProcess, root: string, request: PairRequest): Promise<Pair> {
  let copied = 0;
  for (let tries = 1; ; tries++) {
    const madeAt = request.clock();
    const { facts, database } = await takeDatabase(app, root, request.recipients);
    const objects = await copyObjects(app, root, { ...request, named: facts.objects });
    copied += objects.copied;
    if (objects.gone === 0) return { facts, madeAt, database, objects: { ...objects, copied } };
    if (tries === TRIES)
      throw new StoreRefusal('Media went while they were backed up, again and again. Try again later.');
  }
}

type TakenDatabase = { facts: SnapshotFacts; database: Measure };

async function takeDatabase(app: AppProcess, root: string, recipients: readonly string[]): Promise<TakenDatabase> {
  const to = unfinishedFile(root, `database${recipients.length > 0 ? '.age' : ''}`);
  if (app.database.engine === 'postgres') return await dumpPostgres(app, to, recipients);
  const file = sqliteFile(app.env.DATABASE_URL);
  // What is not encrypted lies beside the database, where the same is, and not on the disk for backups.
  const plain = recipients.length > 0 ? `${file}.backing-up` : to;
  await rm(plain, { force: true });
  try {
    await snapshotSqlite(file, plain).catch((error: unknown) => {
      throw asRefusal(error, plain);
    });
    const facts = readSqliteFacts(plain);
    if (plain === to) {
      await sync(to);
      return { facts, database: (await measureFile(to)).after };
    }
    const written = await writeStream(`${to}.part`, (await openPlain(plain)).content, encryptTo(recipients));
    await rename(`${to}.part`, to);
    return { facts, database: written.after };
  } finally {
    if (plain !== to) await rm(plain, { force: true });
  }
}

async function dumpPostgres(app: AppProcess, to: string, recipients: readonly string[]): Promise<TakenDatabase> {
  const { DATABASE_URL, PG_DUMP_PATH } = app.env;
  const dump = async ({ id, facts }: { id: string; facts: SnapshotFacts }) => {
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${id}`];
    const tool = startPostgresTool(PG_DUMP_PATH, args, DATABASE_URL);
    try {
      const written = await writeStream(`${to}.part`, tool.output, encryptTo(recipients));
      await tool.ended;
      await rename(`${to}.part`, to);
      return { facts, database: written.after };
    } catch (error) {
      throw asRefusal(error, to);
    } finally {
      tool.kill();
    }
  };
  try {
    return await withPostgresSnapshot(DATABASE_URL, dump);
  } catch (error) {
    throw asRefusal(error, postgresPlace(DATABASE_URL));
  }
}

type Recorded = { folder: string; nowMs: number; backups: readonly Backup[]; unreadable: readonly string[] };

/** The store remembers what is in the folder: what it does not know yet, as after a restore, and what is gone. */
async function record(app: AppProcess, { folder, nowMs, backups, unreadable }: Recorded): Promise<void> {
  const own = backups.filter(({ text, signature }) => isSignedWith(text, signature, app.env.REGRASP_SECRET));
  await app.database.write(function* (d) {
    for (const { manifest, seal } of own) {
      const { id, madeAt, finishedAt, expiresAt, recipients } = manifest;
      const encrypted = recipients.length > 0;
      yield* insertBackup(d, { id, madeAt, finishedAt, expiresAt, removedAt: null, folder, encrypted, seal });
    }
    // One whose manifest cannot be read is there all the same.
    if (unreadable.length > 0) return;
    yield* endBackups(d, { folder, present: backups.map(({ manifest }) => manifest.id), nowMs });
  });
}
