import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeInDatabase } from '../../db/factories/database';
import { findMediaById } from '../../db/queries/check-in/media';
import { findOperation } from '../../db/queries/runtime/operations';
import { takeStore } from '../../db/take-store';
import { restoreBackup } from '../../server/backup/restore';
import { verifyFolder } from '../../server/backup/verify';
import { parseEnv } from '../../server/runtime/env';

export type StoreSettings = { DATABASE_URL: string; MEDIA_DIR: string };

/** What a proof of backups works on: a store, a folder for its backups, and how to get an empty place to restore to. */
export type BackupStage = {
  store: StoreSettings;
  folder: string;
  keys: Keys;
  emptyPlace(): Promise<StoreSettings>;
  /** Everything that was made for it goes. */
  drop(): Promise<void>;
};

type Keys = { recipient: string; identity: string };

const SECRET = 'a secret of the proof, and of nothing else';

/** Settings of a process on such a store. */
export const environment = (store: StoreSettings) => ({
  ...process.env,
  ...store,
  REGRASP_SECRET: SECRET,
  REGRASP_URL: 'http://127.0.0.1:3000',
  REGRASP_LOG: 'silent',
});

const SCRIPT = ['--conditions=react-server', '--import', 'tsx'];

type Acknowledged = {
  rows: { opId: string; at: number }[];
  clips: { mediaId: string; key: string; sha256: string }[];
};

type Writer = { child: ChildProcess; acknowledged: Acknowledged; kill(): Promise<void> };

/** An app that writes without end, and what it has had acknowledged so far. Resolves when it has written something. */
export async function startWriting(store: StoreSettings): Promise<Writer> {
  const env = environment(store);
  const child = spawn(process.execPath, [...SCRIPT, 'scripts/prove/writer.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged = { rows: [], clips: [] };
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const begun = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [kind, id = '', second = '', sha256 = ''] = line.split(' ');
      if (kind === 'clip') acknowledged.clips.push({ mediaId: id, key: second, sha256 });
      else acknowledged.rows.push({ opId: id, at: Number(second) });
      if (acknowledged.clips.length > 2) resolve();
    });
  });
  await Promise.race([begun, ended]);
  if (acknowledged.rows.length === 0) throw new Error('the writer ended before it wrote anything');
  return {
    child,
    acknowledged,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const copyOf = ({ rows, clips }: Acknowledged): Acknowledged => ({ rows: [...rows], clips: [...clips] });

/** A command of `npm run admin` as a process of its own; `killAfterMs` ends it by SIGKILL. Returns whether it ended well. */
async function admin(store: StoreSettings, args: readonly string[], killAfterMs?: number): Promise<boolean> {
  const script = [...SCRIPT, 'scripts/admin.ts', ...args];
  const child = spawn(process.execPath, script, { env: environment(store), stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (code !== 0 && killAfterMs === undefined) process.stderr.write(errors);
  return code === 0;
}

/** `npm run admin -- backup`, encrypted. */
export const backUp = ({ store, folder, keys }: BackupStage, killAfterMs?: number) =>
  admin(store, ['backup', folder, '--to', keys.recipient], killAfterMs);

export type Count = { acknowledged: number; lost: number; wrong: number };

/** How much of what was acknowledged is not in a store, or not as it was. */
async function compare(store: StoreSettings, { rows, clips }: Acknowledged): Promise<Count> {
  const count = { acknowledged: rows.length + clips.length, lost: 0, wrong: 0 };
  await makeInDatabase(store.DATABASE_URL, async (made) => {
    count.lost += await made.read(function* (d) {
      let lost = 0;
      for (const { opId } of rows) if (!(yield* findOperation(d, { opId }))) lost++;
      return lost;
    });
    for (const { mediaId, key, sha256 } of clips) {
      const row = await made.read((d) => findMediaById(d, { mediaId }));
      const file = join(store.MEDIA_DIR, key);
      if (!row || !existsSync(file)) count.lost++;
      else if (createHash('sha256').update(readFileSync(file)).digest('hex') !== sha256) count.wrong++;
    }
  });
  return count;
}

/** Restores the newest backup into an empty place and compares it with what was acknowledged before it began. */
async function restoreAndCompare(stage: BackupStage, before: Acknowledged): Promise<Count> {
  const place = await stage.emptyPlace();
  await restoreInto(place, stage);
  return await compare(place, before);
}

async function restoreInto(place: StoreSettings, { folder, keys }: BackupStage): Promise<void> {
  const request = {
    folder,
    at: undefined,
    seal: undefined,
    identities: [keys.identity],
    areErasuresLeftOut: false,
    isIncompleteTaken: false,
  };
  await restoreBackup(parseEnv(environment(place)), process.cwd(), request, Date.now);
}

async function faults({ folder, keys }: BackupStage): Promise<number> {
  const request = { folder, at: undefined, seal: undefined, identities: [keys.identity], secret: SECRET };
  const { wrong } = await verifyFolder({ ...request, pgRestore: process.env.PG_RESTORE_PATH || 'pg_restore' });
  for (const line of wrong) process.stderr.write(`${line}\n`);
  return wrong.length;
}

const add = (one: Count, other: Count): Count => ({
  acknowledged: one.acknowledged + other.acknowledged,
  lost: one.lost + other.lost,
  wrong: one.wrong + other.wrong,
});

/** Backups while an app writes, each restored elsewhere; after the last one the store is destroyed first. */
export async function backUpUnderLoad(stage: BackupStage, times: number): Promise<Count & { tried: number }> {
  const writer = await startWriting(stage.store);
  let count: Count = { acknowledged: 0, lost: 0, wrong: 0 };
  try {
    for (let tried = 1; tried <= times; tried++) {
      const before = copyOf(writer.acknowledged);
      if (!(await backUp(stage))) count.wrong++;
      if (tried === times) await destroy(writer, stage);
      count = add(count, await restoreAndCompare(stage, before));
    }
  } finally {
    await writer.kill();
  }
  return { tried: times, ...count, wrong: count.wrong + (await faults(stage)) };
}

async function destroy(writer: Writer, { store }: BackupStage): Promise<void> {
  await writer.kill();
  rmSync(store.MEDIA_DIR, { recursive: true, force: true });
  const file = store.DATABASE_URL.replace(/^file:/, '');
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}

/** `finished`: how many had come to their end before the kill. */
type Killed = { tried: number; finished: number; wrong: number };

/** Backups that are killed at random moments: whatever was there before stays whole, and the next one goes through. */
export async function killBackups(stage: BackupStage, kills: number): Promise<Killed> {
  const writer = await startWriting(stage.store);
  const result = { tried: 0, finished: 0, wrong: 0 };
  try {
    const beganAt = performance.now();
    if (!(await backUp(stage))) result.wrong++;
    const spreadMs = Math.ceil(performance.now() - beganAt);
    for (; result.tried < kills; result.tried++) {
      if (await backUp(stage, randomInt(spreadMs))) result.finished++;
      result.wrong += await faults(stage);
    }
  } finally {
    await writer.kill();
  }
  const all = copyOf(writer.acknowledged);
  if (!(await backUp(stage))) result.wrong++;
  const { lost, wrong } = await restoreAndCompare(stage, all);
  return { ...result, wrong: result.wrong + lost + wrong + (await faults(stage)) };
}

/**
 * Restores that are killed at random moments: a start refuses the place, or finds everything there; run again, the
 * restore comes to its end.
 */
export async function killRestores(stage: BackupStage, kills: number): Promise<Killed> {
  const writer = await startWriting(stage.store);
  await writer.kill();
  const all = copyOf(writer.acknowledged);
  const key = `${stage.folder}-key`;
  writeFileSync(key, `${stage.keys.identity}\n`);
  const result: Killed = { tried: 0, finished: 0, wrong: (await backUp(stage)) ? 0 : 1 };
  const args = ['restore', stage.folder, '--identity', key];
  const beganAt = performance.now();
  if (!(await admin(await stage.emptyPlace(), args))) result.wrong++;
  const spreadMs = Math.ceil(performance.now() - beganAt);
  for (; result.tried < kills; result.tried++) {
    const place = await stage.emptyPlace();
    await admin(place, args, randomInt(spreadMs));
    const isThere = await takeStore(place.DATABASE_URL, process.cwd(), 'guest').then(
      (release) => release() ?? true,
      () => false,
    );
    if (isThere) result.finished++;
    else await restoreInto(place, stage);
    const { lost, wrong } = await compare(place, all);
    result.wrong += lost + wrong;
  }
  return result;
}
