import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpHash } from '#db/factories/dump';
import { listBackupRows } from '#db/factories/reads';
import { discardMedia, moveMedia } from '#db/queries/check-in/media';
import { findLastBackup } from '#db/queries/runtime/store';
import { DAY_MS } from '#domain/time/duration';
import { diskStorage } from '#server/media/storage';
import type { AppProcess } from '#server/runtime/process';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import {
  BackupStage,
  backUp,
  type Keys,
  makeKeys,
  objectIn,
  restore,
  type StoredClip,
  storeClip,
} from '#server/testing/backups';
import { parseRecipients } from './crypt';
import { listBackups } from './folder';

/** Programs of PostgreSQL, and files by the dozen, on a machine that does other things too. */
const LONG = { timeout: 30_000 };

const test = openTestApp();
const stage = new BackupStage();
let cast: Cast;
let keys: Keys;
let clips: StoredClip[];

beforeAll(async () => {
  cast = await makeCast(test.app);
  keys = await makeKeys();
  clips = [await storeClip(test.app, cast), await storeClip(test.app, cast)];
});
afterAll(() => stage.drop());

/** What a run changes of its own store: what it remembers. */
const OWN = { without: ['backups'] };

describe('a backup', LONG, () => {
  it('restored elsewhere is the same store: every row, every object', async () => {
    const folder = stage.newFolder();
    const before = await dumpHash(test.app.database.url, OWN);
    const { backup, copied } = await backUp(test.app, folder, { recipients: [keys.recipient] });
    expect([copied, backup.manifest.unsound]).toEqual([2, []]);
    const env = await stage.emptyPlace(test.app);
    const { objects } = await restore(env, folder, { identities: [keys.identity] });
    expect(objects).toBe(2);
    expect(await dumpHash(env.DATABASE_URL, OWN)).toBe(before);
    for (const { key, content } of clips) expect((await objectIn(env.MEDIA_DIR, key)).equals(content)).toBe(true);
  });

  it('shows nothing of what is in it, nor leaves it beside the database', async () => {
    const folder = stage.newFolder();
    await backUp(test.app, folder, { recipients: [keys.recipient] });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const [{ content } = { content: Buffer.alloc(0) }] = clips;
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      expect([name, bytes.includes('Ana Duarte'), bytes.includes(content.subarray(0, 64))]).toEqual([
        name,
        false,
        false,
      ]);
    }
    const beside = test.app.database.url.replace('file:', '');
    expect(existsSync(`${beside}.backing-up`)).toBe(false);
  });

  it('into the same folder copies what is new, and keeps a state of each time', async () => {
    const folder = stage.newFolder();
    const first = await backUp(test.app, folder);
    const later = await storeClip(test.app, cast);
    const second = await backUp(test.app, folder);
    expect([first.copied, second.copied]).toEqual([clips.length, 1]);
    clips.push(later);
    for (const [{ backup }, has] of [
      [first, false],
      [second, true],
    ] as const) {
      const env = await stage.emptyPlace(test.app);
      await restore(env, folder, { at: backup.stamp });
      const restored = await objectIn(env.MEDIA_DIR, later.key).then(
        () => true,
        () => false,
      );
      expect(restored).toBe(has);
    }
  });

  it('is remembered by the store', async () => {
    const folder = stage.newFolder();
    const { backup } = await backUp(test.app, folder, { recipients: [keys.recipient], keepDays: 7 });
    const { id, madeAt } = backup.manifest;
    const row = await test.app.database.read((d) => findLastBackup(d));
    expect(row).toMatchObject({ id, madeAt, folder, encrypted: true, seal: backup.seal, removedAt: null });
    expect(row?.expiresAt).toBe(madeAt + 7 * DAY_MS);
  });
});

describe('a store whose media are not there', LONG, () => {
  it('is not backed up as one that has none', async () => {
    const folder = stage.newFolder();
    const MEDIA_DIR = stage.newFolder();
    mkdirSync(MEDIA_DIR);
    const env = { ...test.app.env, MEDIA_DIR };
    const unmounted = { ...test.app, env, storage: diskStorage(MEDIA_DIR) };
    await expect(backUp(unmounted, folder)).rejects.toThrow(`${MEDIA_DIR} holds the objects of another database`);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('media that move while they are backed up', LONG, () => {
  it('come from quarantine, where they lie there', async () => {
    const clip = await storeClip(test.app, cast);
    await test.app.storage.setAside(clip.key, Date.now());
    const { backup, copied } = await backUp(test.app, stage.newFolder());
    await test.app.storage.takeBack(clip.key);
    clips.push(clip);
    expect([copied, backup.manifest.unsound]).toEqual([clips.length, []]);
  });

  it('and went by right are in no backup: the database is copied anew', async () => {
    const clip = await storeClip(test.app, cast);
    const expiring = { state: 'deleted' as const, storageKey: null };
    const { storage } = test.app;
    const meanwhile: AppProcess['storage'] = {
      ...storage,
      recover: async (key) => {
        if (key === clip.key) {
          await test.app.database.write((d) =>
            moveMedia(d, { mediaId: clip.mediaId, from: ['ready'], change: expiring }),
          );
          await storage.remove(key);
        }
        return await storage.recover(key);
      },
    };
    const folder = stage.newFolder();
    const { backup } = await backUp({ ...test.app, storage: meanwhile }, folder);
    expect(backup.manifest.unsound).toEqual([]);
    expect(backup.manifest.objects.map(({ key }) => key)).not.toContain(clip.key);
    const env = await stage.emptyPlace(test.app);
    expect((await restore(env, folder)).leftOut).toEqual([]);
  });

  it('and were taken back are in no backup, though they are still stored', async () => {
    const clip = await storeClip(test.app, cast);
    await test.app.database.write((d) => discardMedia(d, { mediaId: clip.mediaId, why: 'withdrawn', nowMs: 0 }));
    const { backup } = await backUp(test.app, stage.newFolder());
    expect(backup.manifest.objects.map(({ key }) => key)).not.toContain(clip.key);
  });

  it('and are missing or damaged in the store itself are named, and the rest is backed up', async () => {
    const missing = await storeClip(test.app, cast);
    const damaged = await storeClip(test.app, cast, { sha256: 'f'.repeat(64) });
    await test.app.storage.remove(missing.key);
    const folder = stage.newFolder();
    const { backup } = await backUp(test.app, folder);
    const unsound = [
      { mediaId: missing.mediaId, why: 'missing' },
      { mediaId: damaged.mediaId, why: 'damaged' },
    ];
    expect(backup.manifest.unsound).toEqual(unsound);
    const env = await stage.emptyPlace(test.app);
    const { leftOut } = await restore(env, folder);
    expect(leftOut).toEqual([`media ${missing.mediaId} was missing when the backup was made`]);
    expect((await objectIn(env.MEDIA_DIR, damaged.key)).equals(damaged.content)).toBe(true);
    for (const { mediaId } of [missing, damaged])
      await test.app.database.write((d) =>
        moveMedia(d, { mediaId, from: ['ready'], change: { state: 'deleted', storageKey: null } }),
      );
  });
});

describe('a database that cannot be copied', LONG, () => {
  /** A database that is none; on PostgreSQL a dump that breaks off after its first bytes. */
  function broken(): AppProcess {
    const file = join(stage.newFolder(), '..', 'broken');
    writeFileSync(file, '#!/bin/sh\necho PGDMP\necho it broke off >&2\nexit 1\n', { mode: 0o700 });
    const isPostgres = test.app.database.engine === 'postgres';
    const over = isPostgres ? { PG_DUMP_PATH: file } : { DATABASE_URL: `file:${file}` };
    return { ...test.app, env: { ...test.app.env, ...over } };
  }

  it('is no backup, and why is said', async () => {
    const folder = stage.newFolder();
    await expect(backUp(broken(), folder)).rejects.toThrow(/ended with 1: it broke off|is not a SQLite database/);
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    expect((await backUp(test.app, folder)).copied).toBe(clips.length);
  });
});

describe('two backups of one store at once', LONG, () => {
  it('are one: the other says so, and goes through afterwards', async () => {
    const { storage } = test.app;
    let other: unknown;
    const meanwhile: AppProcess['storage'] = {
      ...storage,
      recover: async (key) => {
        other ??= await backUp(test.app, stage.newFolder()).catch((error: unknown) => error);
        return await storage.recover(key);
      },
    };
    await backUp({ ...test.app, storage: meanwhile }, stage.newFolder());
    expect(String(other)).toContain('A backup of this store is being made already.');
    expect((await backUp(test.app, stage.newFolder())).copied).toBe(clips.length);
  });
});

describe('a backup that was broken off', LONG, () => {
  it('leaves the earlier ones whole, and the next goes on with what is there', async () => {
    const folder = stage.newFolder();
    const { backup } = await backUp(test.app, folder);
    const clip = await storeClip(test.app, cast);
    clips.push(clip);
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const storage = { ...test.app.storage, recover: () => Promise.reject(full) };
    await expect(backUp({ ...test.app, storage }, folder)).rejects.toThrow(`The disk that holds ${folder} is full`);
    expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
    mkdirSync(join(folder, 'unfinished'), { recursive: true });
    writeFileSync(join(folder, 'unfinished', 'database.part'), 'half');
    const env = await stage.emptyPlace(test.app);
    expect((await restore(env, folder)).backup.stamp).toBe(backup.stamp);
    expect((await backUp(test.app, folder)).copied).toBe(1);
    expect(existsSync(join(folder, 'unfinished', 'database.part'))).toBe(false);
  });

  it('copies no object twice that it had brought already', async () => {
    const folder = stage.newFolder();
    let left = 1;
    const { storage } = test.app;
    const ending: AppProcess['storage'] = {
      ...storage,
      recover: (key) => (left-- > 0 ? storage.recover(key) : Promise.reject(new Error('killed'))),
    };
    await expect(backUp({ ...test.app, storage: ending }, folder)).rejects.toThrow('killed');
    expect((await backUp(test.app, folder)).copied).toBe(clips.length - 1);
  });
});

describe('a folder for backups', LONG, () => {
  it.each([
    ['that holds other things', (folder: string) => writeFileSync(join(folder, 'photo'), ''), 'holds other things'],
    [
      'of another store',
      (folder: string) =>
        writeFileSync(
          join(folder, 'regrasp-backups.json'),
          JSON.stringify({ format: 1, storeId: 'another', recipients: [] }),
        ),
      'holds backups of another store',
    ],
  ])('%s is not taken', async (_, make, sentence) => {
    const folder = stage.newFolder();
    mkdirSync(folder);
    make(folder);
    await expect(backUp(test.app, folder)).rejects.toThrow(sentence);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of one key takes no backup for another, or for none', async () => {
    const folder = stage.newFolder();
    await backUp(test.app, folder, { recipients: [keys.recipient] });
    await expect(backUp(test.app, folder)).rejects.toThrow(`are encrypted to ${keys.recipient}`);
    const other = await makeKeys();
    await expect(backUp(test.app, folder, { recipients: [other.recipient] })).rejects.toThrow('choose another folder');
  });

  it('that is not mounted is not begun anew in its mount point', async () => {
    const folder = stage.newFolder();
    await backUp(test.app, folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await expect(backUp(test.app, folder)).rejects.toThrow(
      'Is its disk mounted? With --new they are begun anew there.',
    );
    expect(readdirSync(folder)).toEqual([]);
    expect((await backUp(test.app, folder, { isNew: true })).copied).toBe(clips.length);
    await expect(backUp(test.app, join(folder, 'not', 'there'))).rejects.toThrow('Is the disk for backups mounted?');
  });

  it('in the media folder is refused', async () => {
    const folder = join(test.app.env.MEDIA_DIR, 'backups');
    await expect(backUp(test.app, folder)).rejects.toThrow('lie in one another');
    expect(existsSync(folder)).toBe(false);
    const link = stage.newFolder();
    symlinkSync(test.app.env.MEDIA_DIR, link);
    await expect(backUp(test.app, link)).rejects.toThrow('lie in one another');
  });

  it('in which a link stands for a folder is not written through', async () => {
    const folder = stage.newFolder();
    const elsewhere = stage.newFolder();
    mkdirSync(elsewhere);
    await backUp(test.app, folder);
    const [{ key } = { key: '' }] = clips;
    const shard = join(folder, 'media', key.slice(0, 2));
    rmSync(shard, { recursive: true });
    symlinkSync(elsewhere, shard);
    await expect(backUp(test.app, folder)).rejects.toThrow(`${shard} is a link or a file`);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

describe('older backups', LONG, () => {
  it('go when their time is over, but not the last three, and media that none names go with them', async () => {
    const folder = stage.newFolder();
    const at = (days: number) => () => Date.UTC(2027, 0, 1) + days * DAY_MS;
    const brief = await storeClip(test.app, cast);
    const first = await backUp(test.app, folder, { keepDays: 2 }, at(0));
    await test.app.database.write((d) => discardMedia(d, { mediaId: brief.mediaId, why: 'withdrawn', nowMs: 0 }));
    for (const days of [10, 20])
      expect((await backUp(test.app, folder, { keepDays: 2 }, at(days))).removed).toEqual([]);
    const stored = join(folder, 'media', brief.key);
    expect(existsSync(stored)).toBe(true);
    const { removed } = await backUp(test.app, folder, { keepDays: 2 }, at(30));
    const rows = await test.app.database.read((d) => listBackupRows(d, { folder }));
    expect(rows.map(({ removedAt }) => removedAt)).toEqual([at(30)(), null, null, null]);
    expect(removed.map(({ stamp }) => stamp)).toEqual([first.backup.stamp]);
    expect([existsSync(stored), readdirSync(join(folder, 'backups')).length]).toEqual([false, 3]);
    for (const { key } of clips) expect(existsSync(join(folder, 'media', key))).toBe(true);
  });

  it('are not taken for none where their folder is there and cannot be read', async () => {
    const root = stage.newFolder();
    mkdirSync(root, { recursive: true });
    expect(await listBackups(root)).toEqual({ backups: [], unreadable: [] });
    writeFileSync(join(root, 'backups'), 'no folder');
    await expect(listBackups(root)).rejects.toThrow(`${join(root, 'backups')} is there and cannot be read.`);
  });

  it('keep their media while a manifest cannot be read', async () => {
    const folder = stage.newFolder();
    const at = (days: number) => () => Date.UTC(2028, 0, 1) + days * DAY_MS;
    const stamps: string[] = [];
    const brief = await storeClip(test.app, cast);
    for (const days of [0, 10, 20]) {
      stamps.push((await backUp(test.app, folder, { keepDays: 2 }, at(days))).backup.stamp);
      await test.app.database.write((d) => discardMedia(d, { mediaId: brief.mediaId, why: 'withdrawn', nowMs: 0 }));
    }
    writeFileSync(join(folder, 'backups', stamps[1] ?? '', 'manifest.json'), '{}');
    await backUp(test.app, folder, { keepDays: 2 }, at(30));
    await backUp(test.app, folder, { keepDays: 2 }, at(40));
    expect(existsSync(join(folder, 'media', brief.key))).toBe(true);
  });
});

describe('a public key', LONG, () => {
  it.each([
    ['with a wrong letter', (key: string) => key.slice(0, -1) + (key.endsWith('q') ? 'p' : 'q')],
    ['with one letter too few', (key: string) => key.slice(0, -1)],
    ['of another kind', () => 'ssh-ed25519 AAAA'],
  ])('%s is refused by name', (_, spoil) => {
    expect(() => parseRecipients([spoil(keys.recipient)])).toThrow('is not a public key of age');
  });

  it('is not taken for its secret one, which is not repeated', () => {
    expect(() => parseRecipients([keys.identity])).toThrow('That is a secret key.');
    expect(() => parseRecipients([keys.identity])).not.toThrow(keys.identity);
  });
});
