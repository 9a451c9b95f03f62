import 'server-only';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { POSTGRES } from '#db/columns';
import { holdStore } from '#db/lock';
import { postgresPlace } from '#db/migrate';
import { sqliteFile } from '#db/open';
import { StoreRefusal } from '#db/refusal';
import {
  beginPostgres,
  beginSqlite,
  findPostgresFacts,
  finishPostgres,
  finishSqlite,
  requireNoPostgres,
  requireNoSqlite,
  restoringFile,
} from '#db/restoring';
import { readSqliteFacts, type SnapshotFacts } from '#db/snapshot';
import { sqliteFaults } from '#db/soundness';
import type { Env } from '#server/runtime/env';
import { sync, writeStream } from './files';
import { feed, startPostgresTool } from './postgres-tools';
import { readRestoredFrom } from './restored-from';
import type { Step } from './steps';

/** A database as it lies in a backup; `check` throws where what was read of it is not what the manifest names. */
export type BackedUp = { source: AsyncIterable<Uint8Array>; change: Step; check(): void };

/** Where a database is restored to. Until `finish`, whoever starts on it is told that a restore was not finished. */
export type Place = {
  readonly where: string;
  /** Throws `StoreRefusal` unless there is nothing, or what this backup's restore began. */
  requireEmpty(): Promise<void>;
  begin(): Promise<void>;
  /** Puts the database in, unless it is. */
  put(open: () => Promise<BackedUp>): Promise<SnapshotFacts>;
  finish(): Promise<void>;
  /** Lets it go, finished or not. */
  release(): void;
};

export function placeOf(env: Env, backupId: string): Place {
  return POSTGRES ? postgresPlaceOf(env, backupId) : sqlitePlaceOf(sqliteFile(env.DATABASE_URL));
}

function sqlitePlaceOf(file: string): Place {
  const unfinished = restoringFile(file);
  let release: () => void = () => undefined;
  return {
    where: file,
    requireEmpty: async () => requireNoSqlite(file),
    async begin() {
      await beginSqlite(file);
      release = holdStore(file, 'alone');
    },
    async put(open) {
      const { source, change, check } = await open();
      await writeStream(`${unfinished}.part`, source, change);
      check();
      await rename(`${unfinished}.part`, unfinished);
      const faults = sqliteFaults(unfinished);
      if (faults.length > 0) throw new StoreRefusal(`The database of this backup is not sound: ${faults.join('; ')}.`);
      return readSqliteFacts(unfinished);
    },
    async finish() {
      await sync(unfinished);
      finishSqlite(file);
      await sync(dirname(file));
    },
    release: () => release(),
  };
}

function postgresPlaceOf({ DATABASE_URL, PG_RESTORE_PATH }: Env, backupId: string): Place {
  const where = postgresPlace(DATABASE_URL);
  return {
    where,
    requireEmpty: () => requireNoPostgres(DATABASE_URL, where, backupId),
    begin: () => beginPostgres(DATABASE_URL, backupId),
    async put(open) {
      const there = await findPostgresFacts(DATABASE_URL);
      if (there) return there;
      // The pg_restore of a restore that was killed may have come to its end meanwhile: it is one transaction.
      const backedUp = await open();
      const isRead = await runRestore(PG_RESTORE_PATH, DATABASE_URL, backedUp).then(
        () => true,
        async (error: unknown) => {
          if (await findPostgresFacts(DATABASE_URL)) return false;
          throw error;
        },
      );
      if (isRead) backedUp.check();
      const facts = await findPostgresFacts(DATABASE_URL);
      if (!facts) throw new StoreRefusal('The dump of this backup holds no store.');
      return facts;
    },
    finish: () => finishPostgres(DATABASE_URL),
    release: () => undefined,
  };
}

async function runRestore(program: string, url: string, { source, change }: BackedUp): Promise<void> {
  const args = ['--format=custom', '--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
  const restore = startPostgresTool(program, args, url);
  restore.output.resume();
  try {
    await feed(restore, source, change);
    await restore.ended;
  } finally {
    restore.kill();
  }
}

/** Throws unless the media folder is not there, empty, or what this backup's restore began. */
export async function requireEmptyMedia(folder: string, backupId: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.every((name) => name === 'lost+found')) return;
  if ((await readRestoredFrom(folder))?.id === backupId) return;
  throw new StoreRefusal(
    `${folder} is not empty. Media are restored into an empty folder only: choose another MEDIA_DIR, or move away what is there.`,
  );
}

/** A folder of the disk that the media are restored to, for what is not whole yet. */
export async function workFolderOf(mediaFolder: string): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = `${mediaFolder}/restoring`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return { file: `${folder}/object`, remove: () => rm(folder, { recursive: true, force: true }) };
}
