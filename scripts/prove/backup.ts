import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { POSTGRES } from '../../db/columns';
import { makeEmptyPlace } from '../../db/factories/test-database';
import { migratePostgres, migrateSqlite } from '../../db/migrate';
import { sqliteFile } from '../../db/open';
import { type BackupStage, backUpUnderLoad, killBackups, killRestores } from './backups';
import { type Followed, followAndKill } from './litestream';

/** A store with nothing in it but its schema, and a folder for its backups. `server`: where PostgreSQL's databases are made. */
export async function makeBackupStage(folder: string, server: string): Promise<BackupStage> {
  const identity = await generateX25519Identity();
  const drops: (() => Promise<void>)[] = [];
  mkdirSync(folder, { recursive: true });
  const emptyPlace = async () => {
    const { url, drop } = await makeEmptyPlace(server);
    drops.push(drop);
    return { DATABASE_URL: url, MEDIA_DIR: join(folder, `media-${drops.length}`) };
  };
  const drop = async () => {
    for (const one of drops) await one();
  };
  const store = await emptyPlace();
  if (POSTGRES) await migratePostgres(store.DATABASE_URL, 'db/migrations/postgres');
  else {
    mkdirSync(join(sqliteFile(store.DATABASE_URL), '..'), { recursive: true });
    migrateSqlite(sqliteFile(store.DATABASE_URL), 'db/migrations/sqlite');
  }
  const keys = { identity, recipient: await identityToRecipient(identity) };
  return { store, folder: join(folder, 'backups'), keys, emptyPlace, drop };
}

async function onStage<T>(server: string, work: (stage: BackupStage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-prove-'));
  const stage = await makeBackupStage(folder, server);
  try {
    return await work(stage);
  } finally {
    await stage.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Backups under load, backups that are killed, and on SQLite the continuous copy. `server`: PostgreSQL, where that is the engine. */
export async function proveBackup(server: string) {
  const underLoad = await onStage(server, (stage) => backUpUnderLoad(stage, 20));
  const killed = await onStage(server, (stage) => killBackups(stage, 20));
  const restores = await onStage(server, (stage) => killRestores(stage, 20));
  const followed: Followed | null = POSTGRES ? null : await onStage(server, (stage) => followAndKill(stage, 5));
  return {
    tried: underLoad.tried + killed.tried + restores.tried,
    acknowledged: underLoad.acknowledged,
    lost: underLoad.lost,
    wrong: underLoad.wrong + killed.wrong + restores.wrong + (followed?.wrong ?? 0),
    underLoad,
    killed,
    restores,
    ...(followed ? { followed } : {}),
  };
}
