import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeInDatabase } from '../../db/factories/database';
import { sqliteFile } from '../../db/open';
import { findOperation } from '../../db/queries/runtime/operations';
import { sqliteFaults } from '../../db/soundness';
import { takeStore } from '../../db/take-store';
import { cacheFolder, installWithGo } from '../livekit-server.mjs';
import { findProgram } from '../programs.mjs';
import { run } from '../spawn.mjs';
import { type StoreSettings, startWriting } from './backups';

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
export async function followAndKill(store: StoreSettings, times: number): Promise<Followed> {
  const litestream = await acquireLitestream();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-litestream-'));
  const config = join(folder, 'litestream.yml');
  const replica = { type: 'file', path: join(folder, 'replica'), 'sync-interval': '1s' };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ dbs: [{ path: sqliteFile(store.DATABASE_URL), replica }] }));
  const result: Followed = { tried: 0, acknowledged: 0, lost: 0, lostMs: 0, wrong: 0 };
  try {
    for (; result.tried < times; result.tried++) await followOnce({ litestream, config, folder, store }, result);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Following = { litestream: string; config: string; folder: string; store: StoreSettings };

async function followOnce({ litestream, config, folder, store }: Following, result: Followed): Promise<void> {
  const follower = spawn(litestream, ['replicate', '-config', config], { stdio: 'ignore' });
  const ended = new Promise((resolve) => follower.once('close', resolve));
  const writer = await startWriting(store);
  await sleep(4000 + Math.random() * 3000);
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
