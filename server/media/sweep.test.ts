import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { findMediaById } from '#db/queries/check-in/media';
import { listAudit } from '#db/queries/clinic/audit';
import { takeLease } from '#db/queries/runtime/leases';
import { findStoreId } from '#db/queries/runtime/store';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { every, SWEEP } from '#server/runtime/background';
import { health } from '#server/runtime/health';
import type { AppProcess } from '#server/runtime/process';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { ownsMedia } from './ownership';
import { diskStorage } from './storage';
import { sweepMedia } from './sweep';

const test = openTestApp();
const folders: string[] = [];
let cast: Cast;
/** The process on a media folder of the test's own, unmarked and empty. */
let app: AppProcess;
const later = () => Date.now() + 2 * DAY_MS;

beforeAll(async () => {
  cast = await makeCast(test.app);
});
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-swept-'));
  folders.push(folder);
  app = { ...test.app, env: { ...test.app.env, MEDIA_DIR: folder }, storage: diskStorage(folder) };
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Objects that no row names, as a crash between putting and writing leaves them. */
async function putUnknown(count = 1): Promise<string[]> {
  const file = join(app.env.MEDIA_DIR, 'in');
  writeFileSync(file, 'content');
  const keys: string[] = [];
  while (keys.length < count) keys.push(await app.storage.put(file));
  return keys;
}

const owner = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' });

/** A clip of Ana's with its object. */
async function putKnown(over: { retainUntil?: number } = {}): Promise<{ mediaId: string; key: string }> {
  const [key = ''] = await putUnknown();
  const mediaId = await app.database.write((d) => makeClip(d, { ...owner(), at: 0, storageKey: key, ...over }));
  return { mediaId, key };
}

async function isThere(...keys: string[]): Promise<boolean[]> {
  return await Promise.all(keys.map(async (key) => (await app.storage.size(key)) !== null));
}

const claim = async () => app.storage.claim(await app.database.read((d) => findStoreId(d)));

describe('whose objects they are', () => {
  it('is said by an id that database and folder both carry', async () => {
    await claim();
    expect(await ownsMedia(app)).toBe(true);
    await app.storage.claim(uuidv7());
    expect(await ownsMedia(app)).toBe(false);
  });

  it('is settled for an unmarked folder by objects that rows name', async () => {
    await putKnown();
    expect([await app.storage.owner(), await ownsMedia(app)]).toEqual([null, true]);
    expect(await app.storage.owner()).toBe(await app.database.read((d) => findStoreId(d)));
  });

  it('stays open for an unmarked folder of objects that no row names: the database may be the wrong one', async () => {
    await putUnknown();
    expect([await ownsMedia(app), await app.storage.owner()]).toEqual([false, null]);
  });

  it('stays open for an empty folder while rows name objects: its disk may not be mounted', async () => {
    await app.database.write((d) => makeClip(d, { ...owner(), at: 0, storageKey: `ab/${'ab'.repeat(16)}` }));
    expect([await ownsMedia(app), await app.storage.owner()]).toEqual([false, null]);
  });
});

describe('a folder whose mark cannot be read', () => {
  it('is nobody of ours, is not claimed, and health says so', async () => {
    await putKnown();
    mkdirSync(join(app.env.MEDIA_DIR, 'store-id'));
    await expect(app.storage.owner()).rejects.toThrow('EISDIR');
    expect(await ownsMedia(app)).toBe(false);
    expect((await health(app, test.clock.nowMs)).degraded).toContain('storage');
  });
});

describe('a sweep', () => {
  it('with another store id moves nothing and removes nothing, and health says so', async () => {
    const [unknown = ''] = await putUnknown();
    const { key } = await putKnown({ retainUntil: 1 });
    await app.storage.claim(uuidv7());
    await sweepMedia(app, later());
    expect(await isThere(unknown, key)).toEqual([true, true]);
    expect((await health(app, test.clock.nowMs)).degraded).toContain('storage');
  });

  it('removes what was kept for a time only, the row before the object', async () => {
    await claim();
    const [kept, over] = [await putKnown(), await putKnown({ retainUntil: 1 })];
    await sweepMedia(app, later());
    expect(await isThere(kept.key, over.key)).toEqual([true, false]);
    const row = await app.database.read((d) => findMediaById(d, { mediaId: over.mediaId }));
    expect(row).toMatchObject({ state: 'deleted', storageKey: null });
    const { clinicId } = cast;
    const trail = await app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 50 }));
    const expired = trail.filter(({ act }) => act === 'server.expire_media');
    expect(expired.at(0)).toMatchObject({ actorName: null, patientName: 'Ana Duarte', outcome: 'done' });
  });

  it('puts what no row names into quarantine when it is a day old, and removes it after 30 more', async () => {
    await claim();
    const [key = ''] = await putUnknown();
    await sweepMedia(app, Date.now());
    expect(await isThere(key)).toEqual([true]);
    await sweepMedia(app, later());
    expect(await isThere(key)).toEqual([false]);
    const aside = async () => {
      const found = [];
      for await (const object of app.storage.listSetAside()) found.push(object);
      return found;
    };
    expect(await aside()).toMatchObject([{ key }]);
    await sweepMedia(app, later() + 29 * DAY_MS);
    expect(await aside()).toMatchObject([{ key }]);
    await sweepMedia(app, later() + 31 * DAY_MS);
    expect(await aside()).toEqual([]);
  });

  it('takes back from quarantine what a row names again', async () => {
    await claim();
    const [key = ''] = await putUnknown();
    await sweepMedia(app, later());
    await app.database.write((d) => makeClip(d, { ...owner(), at: 0, storageKey: key }));
    await sweepMedia(app, later());
    expect(await isThere(key)).toEqual([true]);
  });

  it('leaves all where more than 20 and more than 5 % are named by no row, and health says so', async () => {
    await claim();
    const { key } = await putKnown();
    const keys = await putUnknown(21);
    await sweepMedia(app, later());
    expect(await isThere(key, ...keys)).toEqual(Array(22).fill(true));
    expect((await health(app, test.clock.nowMs)).degraded).toContain('left_overs');
    await app.storage.remove(keys[0] ?? '');
    await sweepMedia(app, later());
    expect(await isThere(key, ...keys)).toEqual([true, ...Array(21).fill(false)]);
    expect((await health(app, test.clock.nowMs)).degraded).not.toContain('left_overs');
  });

  it('says of a clip whose upload never began that it did not arrive, after two weeks', async () => {
    await claim();
    const at = Date.now();
    const spec = { ...owner(), at, state: 'pending' as const, storageKey: null };
    const mediaId = await app.database.write((d) => makeClip(d, spec));
    const row = () => app.database.read((d) => findMediaById(d, { mediaId }));
    await sweepMedia(app, at + 14 * DAY_MS);
    expect(await row()).toMatchObject({ state: 'pending' });
    await sweepMedia(app, at + 14 * DAY_MS + 1);
    expect(await row()).toMatchObject({ state: 'failed', failure: 'upload_expired' });
  });

  it('is done by one process at a time', async () => {
    await claim();
    const [key = ''] = await putUnknown();
    const nowMs = later() + 100 * DAY_MS;
    const other = { name: 'media-sweep', holder: 'another process', nowMs, untilAt: nowMs + HOUR_MS };
    expect(await app.database.write((d) => takeLease(d, other))).toBe(true);
    await sweepMedia(app, nowMs);
    expect(await isThere(key)).toEqual([true]);
    await sweepMedia(app, nowMs + HOUR_MS + 1);
    expect(await isThere(key)).toEqual([false]);
  });

  it('does not begin in the first hour of a process', async () => {
    expect(SWEEP.firstAfterMs).toBeGreaterThanOrEqual(HOUR_MS);
    vi.useFakeTimers();
    const work = vi.fn(async () => undefined);
    const stops: (() => Promise<void>)[] = [];
    every({ ...app, stops }, 'sweep', SWEEP, work);
    await vi.advanceTimersByTimeAsync(HOUR_MS - 1);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(work).toHaveBeenCalledTimes(2);
    for (const stop of stops) await stop();
    vi.useRealTimers();
  });
});
