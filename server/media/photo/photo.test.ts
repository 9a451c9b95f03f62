import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { findMediaById, listDerived, type MediaRow } from '#db/queries/check-in/media';
import { enqueueJob } from '#db/queries/runtime/jobs';
import { MINUTE_MS } from '#domain/time/duration';
import { JOB_KINDS } from '#server/runtime/background';
import { workJobs } from '#server/runtime/worker';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const run = promisify(execFile);
const test = openTestApp();
let cast: Cast;
let folder: string;

/**
 * 320 × 240, red (200, 60, 40) at the top left and blue (30, 120, 200) elsewhere, coded by HEVC with the profile of
 * Display P3, a maker's name and a place, as telephones do.
 */
const HEIC = readFileSync(new URL('./phone.heic', import.meta.url));
/** The two colours as the web writes them: by LittleCMS, which is not what prepares them here. */
const [RED, BLUE] = [
  [217, 42, 24],
  [0, 122, 206],
] as const;

beforeAll(async () => {
  cast = await makeCast(test.app);
  folder = mkdtempSync(join(tmpdir(), 'regrasp-photos-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  test.clock.nowMs += 10 * MINUTE_MS;
});

const work = () =>
  workJobs(test.app, JOB_KINDS, { clock: () => test.clock.nowMs, signal: new AbortController().signal });
const bytesOf = (row: MediaRow | undefined) =>
  test.app.storage.withFile(row?.storageKey ?? '', async (file) => readFileSync(file));

/** Bytes of Ana's that have come, prepared: its row, what was made of it, and whether what came is still stored. */
async function prepared(kind: 'photo' | 'voice', bytes: Uint8Array) {
  const file = join(folder, uuidv7());
  writeFileSync(file, bytes);
  const storageKey = await test.app.storage.put(file);
  const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
  const at = test.clock.nowMs;
  const mediaId = await test.app.database.write(function* (d) {
    const id = yield* makeClip(d, { ...owner, at, kind, state: 'received', mime: null, storageKey });
    const job = { id: uuidv7(), kind: 'normalise', dedupeKey: `normalise:${id}`, payload: { mediaId: id } };
    yield* enqueueJob(d, { ...job, nowMs: at });
    return id;
  });
  expect(await work()).toBe(1);
  const row = await test.app.database.read((d) => findMediaById(d, { mediaId }));
  const derived = await test.app.database.read((d) => listDerived(d, { mediaIds: [mediaId] }));
  return { row, derived, isOriginalKept: (await test.app.storage.size(storageKey)) !== null };
}

async function pointOf(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const raw = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...raw];
}

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  for (const [n, value] of wanted.entries()) expect(Math.abs((found[n] ?? 999) - value), String(found)).toBeLessThan(6);
}

describe('a photo', () => {
  it('of an iPhone is a JPEG in the colours of the web, without its maker and place; what came is not kept', async () => {
    expect(HEIC.includes('Phonemaker')).toBe(true);
    const { row, derived, isOriginalKept } = await prepared('photo', HEIC);
    expect(row).toMatchObject({ state: 'ready', failure: null, mime: 'image/jpeg', width: 320, height: 240 });
    expect(isOriginalKept).toBe(false);
    expect(derived.map(({ kind, state, mime }) => [kind, state, mime])).toEqual([['poster', 'ready', 'image/jpeg']]);
    for (const made of [row, ...derived]) {
      const bytes = await bytesOf(made);
      expect(bytes.length).toBe(made?.bytes);
      for (const word of ['Phonemaker', 'Exif', 'GPS', 'ICC_PROFILE', 'http']) expect(bytes.includes(word)).toBe(false);
      expectNear(await pointOf(bytes, 40, 40), RED);
      expectNear(await pointOf(bytes, 280, 200), BLUE);
    }
    expect(readdirSync(join(test.app.env.MEDIA_DIR, 'work'))).toEqual([]);
  });

  it('that says which way is up stands upright, and the film behind it is gone', async () => {
    const red = { create: { width: 60, height: 40, channels: 3 as const, background: '#c83c28' } };
    const blue = await sharp({ create: { width: 20, height: 40, channels: 3, background: '#1e78c8' } })
      .png()
      .toBuffer();
    const lying = await sharp(red)
      .composite([{ input: blue, left: 40, top: 0 }])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const film = Buffer.from('....ftypmp42 a film of three seconds');
    const { row } = await prepared('photo', Buffer.concat([lying, film]));
    expect(row).toMatchObject({ state: 'ready', width: 40, height: 60 });
    const bytes = await bytesOf(row);
    expect(bytes.includes('ftypmp42')).toBe(false);
    // The camera lay on its side: what was right is below.
    expectNear(await pointOf(bytes, 20, 10), [200, 60, 40]);
    expectNear(await pointOf(bytes, 20, 55), [30, 120, 200]);
  });

  it('is at most 2560 points a side, beside one of 640 for lists', async () => {
    const large = await sharp({ create: { width: 5000, height: 2500, channels: 3, background: '#888' } })
      .webp()
      .toBuffer();
    const { row, derived } = await prepared('photo', large);
    expect(row).toMatchObject({ state: 'ready', mime: 'image/jpeg', width: 2560, height: 1280 });
    expect(derived[0]).toMatchObject({ width: 640, height: 320 });
  });

  it('stands on white where it was clear', async () => {
    const clear = { create: { width: 8, height: 8, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } };
    for (const format of ['png', 'avif', 'gif', 'tiff'] as const) {
      // A TIFF coded as JPEG knows nothing clear.
      const asked = format === 'tiff' ? { compression: 'lzw' as const } : {};
      const { row } = await prepared('photo', await sharp(clear).toFormat(format, asked).toBuffer());
      expect(row, format).toMatchObject({ state: 'ready', width: 8, height: 8 });
      expectNear(await pointOf(await bytesOf(row), 4, 4), [255, 255, 255]);
    }
  });

  it.each([
    ['empty', Buffer.alloc(0), 'empty_file'],
    ['words', Buffer.from('This is a photo.'), 'not_a_picture'],
    [
      'a drawing that names a file',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
      'not_a_picture',
    ],
    ['a file of the kind that ends after its name', HEIC.subarray(0, 24), 'not_a_picture'],
    ['half of one', HEIC.subarray(0, HEIC.length / 2), 'not_a_picture'],
    ['a film', Buffer.from('\0\0\0\x18ftypmp42'), 'not_a_picture'],
  ])('that is none is refused for good: %s', async (_, bytes, failure) => {
    const { row, derived } = await prepared('photo', bytes);
    expect(row).toMatchObject({ state: 'failed', failure });
    expect(derived).toEqual([]);
  });
});

async function sound(name: string, args: string[], source = 'sine=frequency=440:duration=2'): Promise<Buffer> {
  const file = join(folder, name);
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...args, file]);
  return readFileSync(file);
}

describe('a voice note', () => {
  it.each([
    ['note.webm', ['-c:a', 'libopus']],
    ['note.ogg', ['-c:a', 'libopus']],
    ['note.m4a', ['-c:a', 'aac', '-metadata', 'location=+51.5+000.1/', '-metadata', 'title=Ana']],
  ])('from any browser is one that every phone plays, without a word about it: %s', async (name, args) => {
    const { row, derived, isOriginalKept } = await prepared('voice', await sound(name, args));
    expect(row).toMatchObject({ state: 'ready', failure: null, mime: 'audio/mp4', notes: [] });
    expect(Math.abs((row?.durationMs ?? 0) - 2000)).toBeLessThan(60);
    expect([derived, isOriginalKept]).toEqual([[], false]);
    const bytes = await bytesOf(row);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    for (const word of ['Ana', '+51.5']) expect(bytes.includes(word)).toBe(false);
  });

  it('that goes on for longer than is kept says so', async () => {
    const long = await sound('long.webm', ['-c:a', 'libopus', '-b:a', '8k'], 'sine=frequency=440:duration=303');
    const { row } = await prepared('voice', long);
    expect(row).toMatchObject({ state: 'ready', notes: ['cut'] });
    expect(row?.durationMs).toBeLessThanOrEqual(300_100);
  });

  it('without sound is refused for good', async () => {
    const silent = await sound('silent.webm', ['-c:v', 'libvpx'], 'testsrc=size=64x64:rate=5:duration=1');
    for (const bytes of [silent, Buffer.from('no sound at all'), Buffer.from('#EXTM3U\n/etc/passwd\n')])
      expect((await prepared('voice', bytes)).row).toMatchObject({ state: 'failed', failure: 'not_a_sound' });
    expect(existsSync(join(test.app.env.MEDIA_DIR, 'work'))).toBe(true);
  });
});
