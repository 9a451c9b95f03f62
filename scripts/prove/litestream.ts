import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeInDatabase } from '../../db/factories/database';
import { makeReleaseWith } from '../../db/factories/release';
import { sqliteFile } from '../../db/open';
import { findOperation } from '../../db/queries/runtime/operations';
import { sqliteFaults } from '../../db/soundness';
import { takeStore } from '../../db/take-store';
import { cacheFolder, installWithGo } from '../livekit-server.mjs';
import { findProgram } from '../programs.mjs';
import { run } from '../spawn.mjs';
import { type BackupStage, backUp, startWriting } from './backups';

const VERSION = '0.5.18';
const MODULE = `github.com/benbjohnson/litestream/cmd/litestream@v${VERSION}`;
/** More than this of the end may not be lost: a sync each second, and a busy machine. */
const LOST_MS_MAX = 5000;

/** LITESTREAM_BIN, the PATH, what was built before, or built with Go: two minutes once. */
async function acquireLitestream(env = process.env): Promise<string> {
  const installed = env.LITESTREAM_BIN ?? findProgram('litestream', env);
  if (installed) return installed;
  const cached = join(cacheFolder(env), `litestream-v${VERSION}`);
  if (existsSync(cached)) return cached;
  mkdirSync(cacheFolder(env), { recursive: true });
  await installWithGo({ module: MODULE, name: 'litestream' }, cached, env);
  return cached;
}

/** `lost` were acknowledged in the last moments only: at most `lostMs` before the kill. */
export type Followed = { tried: number; acknowledged: number; lost: number; lostMs: number; wrong: number };

/**
 * Litestream follows a store that an app writes to; both are killed at the same moment, and the store is restored from
 * what Litestream had copied. It goes on with the same store, as after a crash.
 */
export async function followAndKill(stage: BackupStage, times: number): Promise<Followed> {
  const { store } = stage;
  const litestream = await acquireLitestream();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-litestream-'));
  const config = join(folder, 'litestream.yml');
  const replica = { type: 'file', path: join(folder, 'replica'), 'sync-interval': '1s' };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ dbs: [{ path: sqliteFile(store.DATABASE_URL), replica }] }));
  const result: Followed = { tried: 0, acknowledged: 0, lost: 0, lostMs: 0, wrong: 0 };
  try {
    for (; result.tried < times; result.tried++) await followOnce({ litestream, config, folder, stage }, result);
    if (!(await followMigration({ litestream, config, folder, stage }))) result.wrong++;
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Following = { litestream: string; config: string; folder: string; stage: BackupStage };

async function followOnce(following: Following, result: Followed): Promise<void> {
  const { litestream, config, folder, stage } = following;
  const { store } = stage;
  const follower = spawn(litestream, ['replicate', '-config', config], { stdio: 'ignore' });
  const ended = new Promise((resolve) => follower.once('close', resolve));
  const writer = await startWriting(store);
  // A backup beside it, which neither hinders.
  if (!(await backUp(stage))) result.wrong++;
  await sleep(2000 + Math.random() * 3000);
  follower.kill('SIGKILL');
  await writer.kill();
  await ended;
  const killedAt = Date.now();
  const restored = join(folder, `restored-${result.tried}.sqlite`);
  await run(litestream, ['restore', '-config', config, '-o', restored, sqliteFile(store.DATABASE_URL)]);
  const url = `file:${restored}`;
  if (sqliteFaults(restored).length > 0) result.wrong++;
  (await takeStore(url, process.cwd(), 'app'))();
  const { rows } = writer.acknowledged;
  result.acknowledged += rows.length;
  const lost: number[] = [];
  await makeInDatabase(url, async (made) => {
    for (const { opId, at } of rows) {
      if (!(await made.read((d) => findOperation(d, { opId })))) lost.push(at);
      // What is there comes before what is lost: no hole.
      else if (lost.length > 0) result.wrong++;
    }
  });
  const lostMs = lost[0] === undefined ? 0 : killedAt - lost[0];
  if (lostMs > LOST_MS_MAX) result.wrong++;
  result.lost += lost.length;
  result.lostMs = Math.max(result.lostMs, lostMs);
}

/** A release that migrates the store while Litestream follows: what was migrated comes through. */
async function followMigration({ litestream, config, folder, stage }: Following): Promise<boolean> {
  const { DATABASE_URL } = stage.store;
  const release = makeReleaseWith('create table later_things (id text primary key);');
  const follower = spawn(litestream, ['replicate', '-config', config], { stdio: 'ignore' });
  const ended = new Promise((resolve) => follower.once('close', resolve));
  await sleep(2000);
  (await takeStore(DATABASE_URL, release, 'app'))();
  await sleep(3000);
  follower.kill('SIGKILL');
  await ended;
  const restored = join(folder, 'migrated.sqlite');
  await run(litestream, ['restore', '-config', config, '-o', restored, sqliteFile(DATABASE_URL)]);
  const isMigrated = await takeStore(`file:${restored}`, release, 'guest').then(
    (letGo) => letGo() ?? true,
    () => false,
  );
  rmSync(release, { recursive: true, force: true });
  return isMigrated && sqliteFaults(restored).length === 0;
}
