import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeInDatabase } from '#db/factories/database';
import { dumpHash } from '#db/factories/dump';
import { LATER_AT, makeReleaseWith } from '#db/factories/release';
import { sqliteFile } from '#db/open';
import { findLastBackup } from '#db/queries/runtime/store';
import { takeStore } from '#db/take-store';
import { type Env, parseEnv } from '#server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '#server/runtime/process';
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
  verify,
} from '#server/testing/backups';
import { catchUpAfterRestore } from './after-restore';
import type { Backup } from './folder';
import { type Manifest, signManifest, writeManifest } from './manifest';

/** Programs of PostgreSQL, and files by the dozen, on a machine that does other things too. */
const LONG = { timeout: 30_000 };

const test = openTestApp();
const stage = new BackupStage();
const isPostgres = () => test.app.database.engine === 'postgres';
let cast: Cast;
let keys: Keys;
let clips: StoredClip[];

beforeAll(async () => {
  cast = await makeCast(test.app);
  keys = await makeKeys();
  clips = [await storeClip(test.app, cast), await storeClip(test.app, cast)];
});
afterAll(() => stage.drop());

const OWN = { without: ['backups'] };

type Made = { folder: string; backup: Backup };
const made = new Map<boolean, Promise<Made>>();

/** A copy of one backup: to make each anew would take PostgreSQL's programs a minute in all. */
async function aBackup(isEncrypted = false): Promise<Made> {
  const once = made.get(isEncrypted) ?? anotherBackup(isEncrypted);
  made.set(isEncrypted, once);
  const { folder: original, backup } = await once;
  const folder = stage.newFolder();
  cpSync(original, folder, { recursive: true });
  return { folder, backup };
}

async function anotherBackup(isEncrypted = false): Promise<Made> {
  const folder = stage.newFolder();
  const { backup } = await backUp(test.app, folder, { recipients: isEncrypted ? [keys.recipient] : [] });
  return { folder, backup };
}

const fileOf = (folder: string, { stamp }: Backup, name: string) => join(folder, 'backups', stamp, name);

/** As somebody would who can write to the folder and knows the installation's secret, or only the former. */
function forge(folder: string, backup: Backup, change: Partial<Manifest>, secret = test.app.env.REGRASP_SECRET): void {
  const text = writeManifest({ ...backup.manifest, ...change });
  writeFileSync(fileOf(folder, backup, 'manifest.json'), text);
  writeFileSync(fileOf(folder, backup, 'signature'), signManifest(text, secret));
}

function spoil(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(file, bytes);
}

/** Nothing in the place: no database, no media. */
async function expectUntouched(env: Env): Promise<void> {
  expect(existsSync(env.MEDIA_DIR)).toBe(false);
  if (isPostgres())
    expect(await dumpHash(env.DATABASE_URL)).toBe(await dumpHash((await stage.emptyPlace(test.app)).DATABASE_URL));
  else expect(existsSync(dirname(sqliteFile(env.DATABASE_URL)))).toBe(false);
}

const inFolder = (folder: string) => join(folder, 'media', clips[0]?.key ?? '');

describe('what is wrong with a backup', LONG, () => {
  const cases: [string, (folder: string, backup: Backup) => void, RegExp][] = [
    ['an object with one bit changed', (folder) => spoil(inFolder(folder)), /object .* changed/],
    ['an object that is missing', (folder) => rmSync(inFolder(folder)), /object .* missing/],
    [
      'a link in the place of an object',
      (folder) => {
        renameSync(inFolder(folder), join(folder, 'elsewhere'));
        symlinkSync(join(folder, 'elsewhere'), inFolder(folder));
      },
      /object .* changed/,
    ],
    [
      'a database that is cut short',
      (folder, backup) => truncateSync(fileOf(folder, backup, 'database'), 5000),
      /database (of backup \S+ )?is changed/,
    ],
    [
      'a database with one bit changed',
      (folder, backup) => spoil(fileOf(folder, backup, 'database')),
      /database (of backup \S+ )?is changed/,
    ],
    [
      'a manifest that somebody wrote who does not know the secret',
      (folder, backup) => forge(folder, backup, { expiresAt: 1 }, 'another secret'),
      /was not made with the REGRASP_SECRET that is set here/,
    ],
    [
      'a manifest without its signature',
      (folder, backup) => rmSync(fileOf(folder, backup, 'signature')),
      /was not made with the REGRASP_SECRET that is set here/,
    ],
    [
      'a manifest that names a path',
      (folder, backup) => {
        const text = JSON.stringify(backup.manifest).replace(clips[0]?.key ?? '', '../../../etc/passwd');
        writeFileSync(fileOf(folder, backup, 'manifest.json'), text);
      },
      /manifest (of \S+ )?is missing or damaged/,
    ],
    [
      'an old backup under a newer name',
      (folder, backup) =>
        renameSync(join(folder, 'backups', backup.stamp), join(folder, 'backups', '20991231T000000000Z')),
      /manifest (of \S+ )?is missing or damaged/,
    ],
    [
      'the object of another clip, properly signed',
      (folder, backup) => {
        const [first, second] = backup.manifest.objects;
        if (!first || !second) throw new Error('there are two');
        writeFileSync(join(folder, 'media', first.key), readFileSync(join(folder, 'media', second.key)));
        const swapped = { key: first.key, sha256: second.sha256, bytes: second.bytes };
        forge(folder, backup, { objects: [swapped, second] });
      },
      /is another file than its row says/,
    ],
    [
      'a manifest that leaves an object out',
      (folder, backup) => forge(folder, backup, { objects: backup.manifest.objects.slice(1) }),
      /(is not in the backup|its object is not in the backup)/,
    ],
    [
      'a database of another store than the manifest’s',
      (folder, backup) => forge(folder, backup, { storeId: '0198f000-0000-7000-8000-000000000000' }),
      /is another store than its manifest says/,
    ],
  ];

  it.each(cases)('%s, is found by verify, and not restored', async (_, change, sentence) => {
    const { folder, backup } = await aBackup();
    change(folder, backup);
    const found = await verify(test.app, folder).then(
      ({ wrong }) => wrong.join('\n'),
      (error: Error) => error.message,
    );
    expect(found).toMatch(sentence);
    const env = await stage.emptyPlace(test.app);
    await expect(restore(env, folder)).rejects.toThrow(sentence);
    await expect(takeStore(env.DATABASE_URL, process.cwd(), 'guest')).rejects.toThrow(
      /not finished|no database|waits for/,
    );
  });
});

describe('an encrypted backup', LONG, () => {
  it('is checked from outside without a key, and that is said', async () => {
    const { folder } = await aBackup(true);
    const { looked, wrong } = await verify(test.app, folder);
    expect([wrong, looked.join()]).toEqual([[], expect.stringContaining('no --identity was given')]);
    spoil(`${inFolder(folder)}.age`);
    expect((await verify(test.app, folder)).wrong).toMatchObject([expect.stringContaining('changed in the folder')]);
  });

  it('is checked from inside with it, and opens with no other', async () => {
    const { folder } = await aBackup(true);
    const { looked, wrong } = await verify(test.app, folder, { identities: [keys.identity] });
    expect([wrong, looked.join()]).toEqual([
      [],
      expect.stringContaining('compared with the SHA-256 of their rows: objects 2'),
    ]);
    const other = await makeKeys();
    const closed = await verify(test.app, folder, { identities: [other.identity] });
    expect(closed.wrong).toMatchObject([expect.stringContaining('cannot be decrypted with this key')]);
    const env = await stage.emptyPlace(test.app);
    await expect(restore(env, folder)).rejects.toThrow('Give the file of a secret key: --identity FILE');
    await expectUntouched(env);
    await expect(restore(env, folder, { identities: [other.identity] })).rejects.toThrow('cannot be decrypted');
    expect((await restore(env, folder, { identities: [keys.identity] })).objects).toBe(clips.length);
  });
});

describe('a restore', LONG, () => {
  it('takes a noted seal in the place of the secret, and no other seal', async () => {
    const { folder, backup } = await aBackup();
    const place = await stage.emptyPlace(test.app);
    const env = { ...place, REGRASP_SECRET: 'y'.repeat(32) };
    await expect(restore(env, folder)).rejects.toThrow(`--seal ${backup.seal} takes it as genuine`);
    await expect(restore(env, folder, { seal: 'f'.repeat(64) })).rejects.toThrow('was not made with');
    await expectUntouched(env);
    expect((await restore(env, folder, { seal: backup.seal })).objects).toBe(clips.length);
  });

  it('leaves what is in the place as it is: a database, or media', async () => {
    const { folder } = await aBackup();
    const before = await dumpHash(test.app.database.url);
    const place = await stage.emptyPlace(test.app);
    const overDatabase = { ...place, DATABASE_URL: test.app.env.DATABASE_URL };
    await expect(restore(overDatabase, folder)).rejects.toThrow('is not empty');
    expect([await dumpHash(test.app.database.url), existsSync(place.MEDIA_DIR)]).toEqual([before, false]);
    mkdirSync(place.MEDIA_DIR);
    writeFileSync(join(place.MEDIA_DIR, 'something'), '');
    await expect(restore(place, folder)).rejects.toThrow(`${place.MEDIA_DIR} is not empty`);
    expect(readdirSync(place.MEDIA_DIR)).toEqual(['something']);
  });

  it('of a newer release, or of the other engine, is refused', async () => {
    const { folder, backup } = await aBackup();
    const env = await stage.emptyPlace(test.app);
    forge(folder, backup, { schema: { newest: LATER_AT, openableFrom: LATER_AT } });
    await expect(restore(env, folder)).rejects.toThrow('was made by a newer release');
    forge(folder, backup, { engine: isPostgres() ? 'sqlite' : 'postgres' });
    await expect(restore(env, folder)).rejects.toThrow('Choose the same engine.');
    await expectUntouched(env);
  });

  it('of an older release is migrated by the next start', async () => {
    const { folder } = await aBackup();
    const env = await stage.emptyPlace(test.app);
    const later = makeReleaseWith('create table later_things (id text primary key);');
    await restore(env, folder, {}, later);
    await expect(takeStore(env.DATABASE_URL, later, 'guest')).rejects.toThrow('waits for a migration');
    (await takeStore(env.DATABASE_URL, later, 'app'))();
    (await takeStore(env.DATABASE_URL, later, 'guest'))();
    rmSync(later, { recursive: true });
  });

  it('that was broken off is refused by a start, and goes on when it is run again', async () => {
    const { folder, backup } = await aBackup();
    const env = await stage.emptyPlace(test.app);
    const [, last] = backup.manifest.objects;
    const gone = join(folder, 'media', last?.key ?? '');
    const bytes = readFileSync(gone);
    // Fails at the last object, when everything else is in its place.
    forge(folder, backup, { objects: backup.manifest.objects.slice(0, 1) });
    await expect(restore(env, folder)).rejects.toThrow('Not everything can be restored');
    for (const as of ['app', 'guest'] as const)
      await expect(takeStore(env.DATABASE_URL, process.cwd(), as)).rejects.toThrow(
        'was not finished. Run npm run admin -- restore again',
      );
    const other = await anotherBackup();
    await expect(restore(env, other.folder)).rejects.toThrow(/not empty|another backup/);
    writeFileSync(gone, bytes);
    forge(folder, backup, {});
    expect((await restore(env, folder)).objects).toBe(clips.length);
    (await takeStore(env.DATABASE_URL, process.cwd(), 'app'))();
    expect(await dumpHash(env.DATABASE_URL, OWN)).toBe(await dumpHash(test.app.database.url, OWN));
  });

  it('takes an object that was mended in the folder since: its content is what its row says', async () => {
    const { folder } = await aBackup(true);
    const mended = await anotherBackup(true);
    cpSync(`${inFolder(mended.folder)}.age`, `${inFolder(folder)}.age`);
    const env = await stage.emptyPlace(test.app);
    const request = { identities: [keys.identity], isIncompleteTaken: true };
    expect(await restore(env, folder, request)).toMatchObject({ objects: clips.length, leftOut: [] });
    spoil(`${inFolder(folder)}.age`);
    const second = await stage.emptyPlace(test.app);
    const { leftOut } = await restore(second, folder, request);
    expect(leftOut).toEqual([`media ${clips[0]?.mediaId} cannot be read in the backup`]);
  });

  it('leaves out what the backup has lost only where that is asked for', async () => {
    const { folder } = await aBackup();
    spoil(inFolder(folder));
    const env = await stage.emptyPlace(test.app);
    await expect(restore(env, folder)).rejects.toThrow('With --incomplete the rest is restored without.');
    await expectUntouched(env);
    const { objects, leftOut } = await restore(env, folder, { isIncompleteTaken: true });
    expect([objects, leftOut]).toEqual([1, [`media ${clips[0]?.mediaId} is another file than its row says`]]);
    expect((await objectIn(env.MEDIA_DIR, clips[1]?.key ?? '')).equals(clips[1]?.content ?? Buffer.alloc(0))).toBe(
      true,
    );
  });
});

describe('the first start after a restore', LONG, () => {
  async function restored(): Promise<{ app: AppProcess; backup: Backup }> {
    const { folder, backup } = await aBackup();
    const env = await stage.emptyPlace(test.app);
    await restore(env, folder);
    const { NODE_ENV, REGRASP_SECRET, DATABASE_URL, MEDIA_DIR } = env;
    const settings = { NODE_ENV, REGRASP_SECRET, DATABASE_URL, MEDIA_DIR, REGRASP_LOG: 'silent' };
    return { app: createProcess(parseEnv(settings), process.cwd()), backup };
  }

  it('remembers the backup that it came from, once', async () => {
    const { app, backup } = await restored();
    const rows = () => makeInDatabase(app.env.DATABASE_URL, (opened) => opened.read((d) => findLastBackup(d)));
    expect((await rows())?.id).not.toBe(backup.manifest.id);
    expect([await catchUpAfterRestore(app), await catchUpAfterRestore(app)]).toEqual([true, false]);
    expect((await rows())?.id).toBe(backup.manifest.id);
    await stopProcess(app);
  });

  it('does each step again until all have gone through, and tells them which backup it was', async () => {
    const { app, backup } = await restored();
    const seen: string[] = [];
    const step = async (_: AppProcess, from: { id: string }) => {
      seen.push(from.id);
      if (seen.length === 1) throw new Error('not yet');
    };
    await expect(catchUpAfterRestore(app, [step])).rejects.toThrow('not yet');
    expect(await catchUpAfterRestore(app, [step])).toBe(true);
    expect(seen).toEqual([backup.manifest.id, backup.manifest.id]);
    await stopProcess(app);
  });

  it('leaves a folder of another store alone', async () => {
    const { app } = await restored();
    const seen: string[] = [];
    const mine = { ...app, env: { ...app.env } };
    const other = { ...mine, database: test.app.database };
    writeFileSync(
      join(app.env.MEDIA_DIR, 'restored-from.json'),
      readFileSync(join(app.env.MEDIA_DIR, 'restored-from.json'), 'utf8').replace(
        /"storeId":"[^"]+"/,
        `"storeId":"0198f000-0000-7000-8000-000000000000"`,
      ),
    );
    expect(await catchUpAfterRestore(other, [async () => void seen.push('x')])).toBe(false);
    expect([seen, existsSync(join(app.env.MEDIA_DIR, 'restored-from.json'))]).toEqual([[], true]);
    await stopProcess(app);
  });
});
