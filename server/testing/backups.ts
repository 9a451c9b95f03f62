import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { inject } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { makeEmptyPlace } from '#db/factories/test-database';
import type { MediaRow } from '#db/queries/check-in/media';
import { findStoreId } from '#db/queries/runtime/store';
import { type BackupMade, type BackupRequest, makeBackup } from '#server/backup/make';
import { type Restored, type RestoreRequest, restoreBackup } from '#server/backup/restore';
import { type Verified, type VerifyRequest, verifyFolder } from '#server/backup/verify';
import { diskStorage } from '#server/media/storage';
import { type Env, parseEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';
import type { Cast } from './application';

export type Keys = { recipient: string; identity: string };

export async function makeKeys(): Promise<Keys> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

export type StoredClip = { mediaId: string; key: string; content: Buffer };

/** A clip of Ana's with its object, as a finished upload leaves it. */
export async function storeClip(
  app: AppProcess,
  cast: Cast,
  over: Pick<Partial<MediaRow>, 'sha256'> = {},
): Promise<StoredClip> {
  const content = randomBytes(200_000);
  const file = join(mkdtempSync(join(tmpdir(), 'regrasp-clip-')), 'clip');
  writeFileSync(file, content);
  const key = await app.storage.put(file);
  rmSync(join(file, '..'), { recursive: true });
  await app.storage.claim(await app.database.read((d) => findStoreId(d)));
  const { clinicId, ana } = cast;
  const owner = { clinicId, patientId: ana.patientId, ownerUserId: ana.userId ?? '' };
  const stored = { storageKey: key, sha256: hashOf(content), bytes: content.length, at: 0 };
  const mediaId = await app.database.write((d) => makeClip(d, { ...owner, ...stored, ...over }));
  return { mediaId, key, content };
}

/** Folders and empty places of a test file's own, away again with `drop`. */
export class BackupStage {
  readonly #folder = mkdtempSync(join(tmpdir(), 'regrasp-backups-'));
  readonly #drops: (() => Promise<void>)[] = [];
  #count = 0;

  newFolder(): string {
    this.#count += 1;
    return join(this.#folder, `backups-${this.#count}`);
  }

  /** Settings of a place with nothing in it. */
  async emptyPlace(app: AppProcess): Promise<Env> {
    const { url, drop } = await makeEmptyPlace(inject('template'));
    this.#drops.push(drop);
    this.#count += 1;
    const { NODE_ENV, REGRASP_SECRET } = app.env;
    const settings = { NODE_ENV, REGRASP_SECRET, REGRASP_LOG: 'silent', DATABASE_URL: url };
    return parseEnv({ ...settings, MEDIA_DIR: join(this.#folder, `media-${this.#count}`) });
  }

  async drop(): Promise<void> {
    for (const drop of this.#drops) await drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function backUp(
  app: AppProcess,
  folder: string,
  over: Partial<BackupRequest> = {},
  clock = Date.now,
): Promise<BackupMade> {
  return makeBackup(app, { folder, recipients: [], keepDays: 30, isNew: false, ...over }, clock);
}

export function restore(
  env: Env,
  folder: string,
  over: Partial<RestoreRequest> = {},
  release = process.cwd(),
): Promise<Restored> {
  const choice = {
    folder,
    at: undefined,
    seal: undefined,
    identities: [],
    isIncompleteTaken: false,
    areErasuresLeftOut: false,
  };
  return restoreBackup(env, release, { ...choice, ...over }, Date.now);
}

export function verify(app: AppProcess, folder: string, over: Partial<VerifyRequest> = {}): Promise<Verified> {
  const { REGRASP_SECRET: secret, PG_RESTORE_PATH: pgRestore } = app.env;
  return verifyFolder({ folder, at: undefined, seal: undefined, identities: [], secret, pgRestore, ...over });
}

/** What lies under a key in a media folder. */
export async function objectIn(mediaFolder: string, key: string): Promise<Buffer> {
  return await diskStorage(mediaFolder).withFile(key, async (file) => readFileSync(file));
}
