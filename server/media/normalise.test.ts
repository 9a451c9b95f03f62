import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCheckIn, makeClip } from '#db/factories/check-ins';
import { findJob } from '#db/factories/reads';
import { discardMedia, findMediaById, insertMedia, listDerived, moveMedia } from '#db/queries/check-in/media';
import { listMediaOf } from '#db/queries/people/export-tickets';
import { enqueueJob } from '#db/queries/runtime/jobs';
import { MINUTE_MS } from '#domain/time/duration';
import { JOB_KINDS } from '#server/runtime/background';
import type { AddressedEvent } from '#server/runtime/live';
import { workJobs } from '#server/runtime/worker';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { ProgramMissing, runProgram } from './programs';
import { diskStorage } from './storage';
import { sweepMedia } from './sweep';
import { spoolFile } from './uploads';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const run = promisify(execFile);
const test = openTestApp();
let cast: Cast;
let folder: string;
let webm: string;

beforeAll(async () => {
  cast = await makeCast(test.app);
  folder = mkdtempSync(join(tmpdir(), 'regrasp-clips-'));
  webm = await film('clip.webm', ['-c:v', 'libvpx', '-b:v', '200k', '-deadline', 'realtime', '-c:a', 'libopus']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  test.clock.nowMs += 10 * MINUTE_MS;
  Object.assign(test.app.env, { FFMPEG_PATH: 'ffmpeg', FFPROBE_PATH: 'ffprobe' });
});

/** A small moving picture with a tone, made by ffmpeg as a phone might. */
async function film(
  name: string,
  args: string[],
  { size = '320x240', seconds = 1.5, rate = 20 } = {},
): Promise<string> {
  const file = join(folder, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${rate}:duration=${seconds}`];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
  await run('ffmpeg', ['-v', 'error', '-y', ...picture, ...tone, '-shortest', ...args, file]);
  return file;
}

/** A received original of Ana's in a check-in, with its job. */
async function received(file: string) {
  const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
  const storageKey = await diskStorage(test.app.env.MEDIA_DIR).put(file);
  const at = test.clock.nowMs;
  return await test.app.database.write(function* (d) {
    const mediaId = yield* makeClip(d, { ...owner, at, state: 'received', mime: null, storageKey });
    const made = { ...owner, userId: owner.ownerUserId, at, state: 'received' as const, mediaIds: [mediaId] };
    const { checkInId } = yield* makeCheckIn(d, made);
    const job = { id: uuidv7(), kind: 'normalise', dedupeKey: `normalise:${mediaId}`, payload: { mediaId } };
    yield* enqueueJob(d, { ...job, nowMs: at });
    return { mediaId, checkInId, storageKey };
  });
}

const signal = new AbortController().signal;
const work = (over: { signal?: AbortSignal } = {}) =>
  workJobs(test.app, JOB_KINDS, { clock: () => test.clock.nowMs, signal, ...over });
const row = (mediaId: string) => test.app.database.read((d) => findMediaById(d, { mediaId }));
const job = (mediaId: string) => test.app.database.read((d) => findJob(d, { dedupeKey: `normalise:${mediaId}` }));
const checkIn = async (checkInId: string) => (await test.as(cast.ana.userId)).checkIns.get({ checkInId });

async function probeFile(storageKey: string | null | undefined) {
  const file = await test.app.storage.withFile(storageKey ?? '', async (path) => path);
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file]);
  const { stdout: keys } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=flags', '-of', 'csv=p=0', file],
  ]);
  return {
    ...(JSON.parse(stdout) as Probed),
    keyFrames: keys.split('\n').flatMap((flags, n) => (flags[0] === 'K' ? n : [])),
  };
}
type Probed = {
  streams: { codec_name: string; profile: string; r_frame_rate: string; has_b_frames: number; pix_fmt: string }[];
  format: { format_name: string; tags?: Record<string, string> };
};

describe('a clip', () => {
  it('from a browser becomes exactly 30 frames a second, with poster, sprite and its original', async () => {
    const { mediaId, checkInId, storageKey } = await received(webm);
    const told: AddressedEvent[] = [];
    const stop = test.app.live.subscribe((event) => told.push(event));
    expect(await work()).toBe(1);
    stop();
    const clip = await row(mediaId);
    expect(clip).toMatchObject({
      ...{ state: 'ready', failure: null, mime: 'video/mp4', width: 320, height: 240 },
      ...{ framesPerSecond: 30, frames: 45, durationMs: 1500 },
    });
    const bytes = await test.app.storage.withFile(clip?.storageKey ?? '', async (file) => readFileSync(file));
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([clip?.bytes, clip?.sha256]);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    const { streams, keyFrames } = await probeFile(clip?.storageKey);
    expect(streams[0]).toMatchObject({
      ...{ codec_name: 'h264', profile: 'High', r_frame_rate: '30/1', has_b_frames: 0, pix_fmt: 'yuv420p' },
    });
    expect(streams[1]).toMatchObject({ codec_name: 'aac' });
    expect(keyFrames).toEqual([0, 30]);
    const derived = await test.app.database.read((d) => listDerived(d, { mediaIds: [mediaId] }));
    const of = (kind: string) => derived.find((one) => one.kind === kind);
    expect(of('poster')).toMatchObject({ state: 'ready', mime: 'image/jpeg', width: 320, height: 240 });
    expect(of('sprite')).toMatchObject({ state: 'ready', mime: 'image/jpeg', width: 3200, height: 120 });
    expect(of('original')).toMatchObject({ state: 'ready', storageKey, retainUntil: null });
    const seen = await checkIn(checkInId);
    expect(seen.state).toBe('ready');
    expect(seen.media[0]).toMatchObject({ posterId: of('poster')?.id, spriteId: of('sprite')?.id, frames: 45 });
    const { events } = await (await test.as(cast.mira.userId)).checkIns.get({ checkInId });
    expect(events.map((event) => event.toState)).toEqual(['received', 'processing', 'ready']);
    if (!test.app.database.channel) expect(told.map((one) => one.event.topic)).toContain('queue');
    expect(readdirSync(join(test.app.env.MEDIA_DIR, 'work'))).toEqual([]);
    expect(await work()).toBe(0);
  });

  it('from a phone loses where and when it was made, its odd size and its other tracks', async () => {
    const tags = ['-metadata', 'location=+51.5+000.1/', '-metadata', 'title=Ana', '-movflags', '+use_metadata_tags'];
    const codec = ['-c:v', 'mpeg4', '-c:a', 'aac'];
    const { mediaId } = await received(
      await film('phone.mov', [...codec, ...tags], { size: '1441x1081', rate: 12, seconds: 1 }),
    );
    await work();
    const clip = await row(mediaId);
    expect(clip).toMatchObject({ state: 'ready', width: 1280, height: 960, frames: 30 });
    const { format, streams } = await probeFile(clip?.storageKey);
    expect(Object.keys(format.tags ?? {})).not.toContain('location');
    expect(JSON.stringify(format.tags ?? {})).not.toContain('Ana');
    expect(streams).toHaveLength(2);
  });

  it('filmed fast has a copy for weak lines, which goes where the clip goes; what was left out is said to both', async () => {
    const { mediaId, checkInId } = await received(await film('fast.mp4', ['-c:v', 'libx264'], { rate: 120 }));
    await work();
    const derived = await test.app.database.read((d) => listDerived(d, { mediaIds: [mediaId] }));
    const light = derived.find(({ kind }) => kind === 'light');
    expect(light).toMatchObject({ state: 'ready', mime: 'video/mp4', framesPerSecond: 30, durationMs: 1500 });
    expect(await row(mediaId)).toMatchObject({ framesPerSecond: 60, frames: 90, filmedMs: 1500 });
    const clip = {
      ...{ framesPerSecond: 60, notes: ['frames_dropped'], filmedMs: 1500 },
      light: { id: light?.id, framesPerSecond: 30, bytes: light?.bytes },
    };
    for (const { userId } of [cast.ana, cast.mira])
      expect((await (await test.as(userId)).checkIns.get({ checkInId })).media).toMatchObject([clip]);
    await expect((await test.as(cast.outsider.userId)).checkIns.get({ checkInId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const scope = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
    const exported = await test.app.database.read((d) => listMediaOf(d, scope));
    expect(exported.map(({ id }) => id)).toContain(mediaId);
    expect(exported.map(({ id }) => id)).not.toContain(light?.id);
    await test.app.database.write((d) => discardMedia(d, { mediaId, why: 'withdrawn', nowMs: test.clock.nowMs }));
    await sweepMedia(test.app, Date.now());
    expect(await test.app.storage.size(light?.storageKey ?? '')).toBeNull();
  });

  it('that is text, a playlist or nothing with a video’s name is failed with its reason, never ready', async () => {
    const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n';
    const concat = 'ffconcat version 1.0\nfile /etc/passwd\n';
    const html = '<html><script>alert(1)</script></html>';
    const cases = { text: 'just words', playlist, concat, html, cut: readFileSync(webm).subarray(0, 40) };
    for (const [name, content] of Object.entries(cases)) {
      const file = join(folder, `${name}.mp4`);
      writeFileSync(file, content);
      const { mediaId, checkInId } = await received(file);
      await work();
      expect(await row(mediaId), name).toMatchObject({ state: 'failed', failure: 'not_a_video' });
      expect((await job(mediaId))?.state).toBe('done');
      const seen = await checkIn(checkInId);
      expect(seen).toMatchObject({ state: 'failed_media', media: [{ failure: 'not_a_video' }] });
    }
    const empty = join(folder, 'empty.mp4');
    writeFileSync(empty, '');
    const { mediaId } = await received(empty);
    await work();
    expect(await row(mediaId)).toMatchObject({ state: 'failed', failure: 'empty_file' });
  });

  it('waits, saying so, while ffmpeg is missing, and goes on when it is there', async () => {
    const { mediaId, checkInId } = await received(webm);
    test.app.env.FFMPEG_PATH = join(folder, 'no-ffmpeg');
    for (let n = 0; n < 6; n++) {
      expect(await work()).toBe(1);
      test.clock.nowMs += MINUTE_MS;
    }
    expect(await row(mediaId)).toMatchObject({ state: 'processing', failure: 'ffmpeg_missing' });
    expect(await job(mediaId)).toMatchObject({ state: 'queued', attempts: 0, lastError: 'ffmpeg_missing' });
    expect((await checkIn(checkInId)).media).toMatchObject([{ state: 'processing', failure: 'ffmpeg_missing' }]);
    test.app.env.FFPROBE_PATH = join(folder, 'no-ffprobe');
    await work();
    Object.assign(test.app.env, { FFMPEG_PATH: 'ffmpeg', FFPROBE_PATH: 'ffprobe' });
    test.clock.nowMs += MINUTE_MS;
    await work();
    expect(await row(mediaId)).toMatchObject({ state: 'ready', failure: null });
  });

  it('that ffmpeg cannot read after five tries is poisoned and shown', async () => {
    const { mediaId, checkInId } = await received(webm);
    test.app.env.FFMPEG_PATH = 'false';
    for (let n = 1; n <= 5; n++) {
      expect(await work()).toBe(1);
      test.clock.nowMs += 10 * MINUTE_MS;
    }
    expect(await work()).toBe(0);
    expect(await job(mediaId)).toMatchObject({ state: 'poisoned', attempts: 5 });
    expect(await row(mediaId)).toMatchObject({ state: 'failed', failure: 'cannot_be_read' });
    expect((await checkIn(checkInId)).state).toBe('failed_media');
  });

  it('is put back uncounted when the server stops', async () => {
    const { mediaId } = await received(webm);
    const stopping = new AbortController();
    const endless = join(folder, 'endless');
    writeFileSync(endless, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    test.app.env.FFMPEG_PATH = endless;
    const turn = work({ signal: stopping.signal });
    setTimeout(() => stopping.abort(), 500);
    await turn;
    expect(await job(mediaId)).toMatchObject({ state: 'queued', attempts: 0 });
    test.app.env.FFMPEG_PATH = 'ffmpeg';
    await work();
    expect(await row(mediaId)).toMatchObject({ state: 'ready' });
  });

  it('leaves nothing of what was made of it when it is taken back meanwhile', async () => {
    const { mediaId } = await received(webm);
    const { storage } = test.app;
    const stored = async () => {
      let count = 0;
      for await (const _object of storage.list()) count++;
      return count;
    };
    const before = await stored();
    let puts = 0;
    const put = async (file: string) => {
      const key = await storage.put(file);
      // Between the last object that is put and the write that would name them.
      if (++puts === 3)
        await test.app.database.write((d) => discardMedia(d, { mediaId, why: 'withdrawn', nowMs: test.clock.nowMs }));
      return key;
    };
    await workJobs({ ...test.app, storage: { ...storage, put } }, JOB_KINDS, { clock: () => test.clock.nowMs, signal });
    expect([puts, await stored()]).toEqual([3, before]);
    expect(await row(mediaId)).toMatchObject({ state: 'deleted' });
    expect(await job(mediaId)).toMatchObject({ state: 'done' });
  });

  it('keeps its original until the time that the review set, and no longer', async () => {
    const { mediaId, storageKey } = await received(webm);
    await work();
    const storage = diskStorage(test.app.env.MEDIA_DIR);
    const [original] = (await test.app.database.read((d) => listDerived(d, { mediaIds: [mediaId] }))).filter(
      (one) => one.kind === 'original',
    );
    const id = original?.id ?? '';
    const now = Date.now();
    await sweepMedia(test.app, now);
    await test.app.database.write((d) => moveMedia(d, { mediaId: id, from: ['ready'], change: { retainUntil: now } }));
    await sweepMedia(test.app, now - 1);
    expect(await storage.size(storageKey)).toBeGreaterThan(0);
    await sweepMedia(test.app, now + 1);
    expect([await storage.size(storageKey), (await row(id))?.state]).toEqual([null, 'deleted']);
    expect(await storage.size((await row(mediaId))?.storageKey ?? '')).toBeGreaterThan(0);
  });
});

describe('a still', () => {
  async function arrived(file: string): Promise<string> {
    const mediaId = uuidv7();
    const bytes = readFileSync(file);
    const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
    const announced = { id: mediaId, ...owner, kind: 'still' as const, state: 'pending' as const, bytes: bytes.length };
    await test.app.database.write((d) => insertMedia(d, { ...announced, createdAt: test.clock.nowMs }));
    mkdirSync(join(test.app.env.MEDIA_DIR, 'spool'), { recursive: true });
    writeFileSync(spoolFile(test.app, mediaId), bytes);
    return mediaId;
  }
  const finish = async (mediaId: string) => {
    const sha256 = createHash('sha256')
      .update(readFileSync(spoolFile(test.app, mediaId)))
      .digest('hex');
    return (await test.as(cast.ana.userId)).media.finish({ mediaId, sha256 });
  };
  const picture = async (name: string) => {
    const file = join(folder, name);
    await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=641x481', '-frames:v', '1', file]);
    return file;
  };

  it('is kept as it is with its size, once ffprobe says that it is a picture', async () => {
    for (const [name, mime] of [
      ['a.jpg', 'image/jpeg'],
      ['a.png', 'image/png'],
      ['a.webp', 'image/webp'],
    ] as const) {
      const mediaId = await arrived(await picture(name));
      expect(await finish(mediaId)).toEqual({ state: 'ready', failure: null });
      expect(await row(mediaId)).toMatchObject({ state: 'ready', mime, width: 641, height: 481 });
    }
  });

  it('that is no picture is failed; one that nobody can look at yet waits', async () => {
    const text = join(folder, 'words.jpg');
    writeFileSync(text, 'just words');
    for (const file of [text, webm])
      expect(await finish(await arrived(file))).toEqual({ state: 'failed', failure: 'not_a_picture' });
    test.app.env.FFPROBE_PATH = join(folder, 'no-ffprobe');
    const mediaId = await arrived(await picture('b.jpg'));
    expect(await finish(mediaId)).toMatchObject({ state: 'received' });
    await work();
    expect(await row(mediaId)).toMatchObject({ state: 'processing', failure: 'ffmpeg_missing' });
    test.app.env.FFPROBE_PATH = 'ffprobe';
    test.clock.nowMs += MINUTE_MS;
    await work();
    expect(await row(mediaId)).toMatchObject({ state: 'ready', width: 641, mime: 'image/jpeg' });
  });

  it('of an exercise is announced by a clinician, once, and nobody else gets its id', async () => {
    const demo = { mediaId: uuidv7(), bytes: 1000 };
    const mira = await test.as(cast.mira.userId);
    await expect((await test.as(cast.ana.userId)).media.createDemo(demo)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await mira.media.createDemo(demo)).toEqual({ state: 'pending' });
    expect(await mira.media.createDemo(demo)).toEqual({ state: 'pending' });
    await expect(mira.media.createDemo({ ...demo, bytes: 2000 })).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const { userId } of [cast.colleague, cast.outsider])
      await expect((await test.as(userId)).media.createDemo(demo)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a media program', () => {
  it('that is missing says so, and one that hangs is ended at its deadline', async () => {
    await expect(runProgram(join(folder, 'none'), [], { timeoutMs: 5000 })).rejects.toBeInstanceOf(ProgramMissing);
    const startedAt = performance.now();
    expect((await runProgram('sleep', ['60'], { timeoutMs: 300 })).code).toBe(137);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('dies with the process that started it, even when that is killed', async () => {
    const pidFile = join(folder, 'pid');
    const script = `
      import('./server/media/programs.ts').then(({ runProgram }) =>
        runProgram('sh', ['-c', 'echo $$ > ${pidFile}; exec sleep 60'], { timeoutMs: 60000 }));`;
    const parent = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', '-e', script]);
    await expect
      .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').length > 0, { timeout: 20_000 })
      .toBe(true);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    process.kill(pid, 0);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  }, 30_000);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
