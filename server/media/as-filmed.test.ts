import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestApp } from '#server/testing/application';
import { type Normalised, normaliseClip } from './normalise';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const run = promisify(execFile);
const test = openTestApp();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regrasp-as-filmed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const ffmpeg = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 2 ** 26 });
const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const picture = (seconds: number, rate: number | string = 30, size = '320x180') =>
  lavfi(`testsrc=size=${size}:rate=${rate}:duration=${seconds}`);
const tone = (seconds: number) => lavfi(`sine=frequency=440:duration=${seconds}`);

type Made = Normalised['clip'] & { made: string; light: Normalised['light']; poster: string; sprite: string };

/** The clip as it is kept, copied to where it stays. */
async function kept(name: string): Promise<Made> {
  return await normaliseClip(test.app, at(name), { threads: 0 }, async ({ clip, light, poster, sprite }) => {
    const copy = (kind: string, file: string) => {
      copyFileSync(file, at(`${name}.${kind}`));
      return at(`${name}.${kind}`);
    };
    if (light) copy('light.mp4', light.file);
    const pictures = { poster: copy('poster.jpg', poster.file), sprite: copy('sprite.jpg', sprite.file) };
    return { ...clip, light, made: copy('kept.mp4', clip.file), ...pictures };
  });
}

async function streamOf(file: string) {
  const show = ['-show_streams', '-count_packets', '-of', 'json'];
  const { stdout } = await run('ffprobe', ['-v', 'error', '-select_streams', 'v', ...show, file]);
  return (JSON.parse(stdout) as { streams: Record<string, string | number>[] }).streams[0] ?? {};
}

/** One frame as bytes, with the colours that a browser would read from the file's own tags. */
async function frameOf(file: string, atSeconds: number, format: 'gray' | 'rgb24', filter = 'null'): Promise<Buffer> {
  const raw = ['-frames:v', '1', '-vf', filter, '-pix_fmt', format, '-f', 'rawvideo', 'pipe:1'];
  const seek = atSeconds > 0 ? ['-ss', String(atSeconds)] : [];
  const args = ['-v', 'error', ...seek, '-i', file, ...raw];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return stdout;
}

/** Width over height of what is bright in a frame. */
async function roundness({ made, width }: Made, atSeconds: number): Promise<number> {
  const gray = await frameOf(made, atSeconds, 'gray');
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [n, light] of gray.entries()) {
    if (light < 120) continue;
    xs.push(n % width);
    ys.push(Math.floor(n / width));
  }
  const span = (all: number[]) => all.reduce((a, b) => Math.max(a, b)) - all.reduce((a, b) => Math.min(a, b)) + 1;
  return span(xs) / span(ys);
}

/** A bright disc, round on the screen when its pixels are `pixels` times as wide as high. */
const disc = (size: string, { pixels = 1, seconds = 1 } = {}) =>
  lavfi(
    `color=black:s=${size}:r=20:d=${seconds},geq=lum='if(lt(hypot((X-W/2)*${pixels},Y-H/2),min(W,H)*0.4),235,16)':cb=128:cr=128`,
  );

function lab([r = 0, g = 0, b = 0]: readonly number[]): [number, number, number] {
  const linear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
  const [R, G, B] = [linear(r), linear(g), linear(b)];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124 * R + 0.3576 * G + 0.1805 * B) / 0.9505);
  const y = f(0.2126 * R + 0.7152 * G + 0.0722 * B);
  const z = f((0.0193 * R + 0.1192 * G + 0.9505 * B) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const deltaE = (a: readonly number[], b: readonly number[]) => {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};

const SKIN = [198, 142, 111];
const skin = (size = '320x180') => lavfi(`color=0xC68E6F:s=${size}:r=30:d=1,format=gbrp`);
/** The middle of a frame of a file, by its own tags. */
async function middleOf(file: string): Promise<number[]> {
  const full = await frameOf(file, 0, 'rgb24', 'crop=2:2');
  return [...full.subarray(0, 3)];
}

describe('the rate of a clip', () => {
  it('is what was filmed, up to 60, and the level is one that holds it', async () => {
    const rates: [string, number, string, number][] = [
      ['24000/1001', 24, '320x180', 31],
      ['25', 25, '320x180', 31],
      ['30000/1001', 30, '1280x720', 31],
      ['50', 50, '320x180', 31],
      ['60000/1001', 60, '1280x720', 32],
    ];
    for (const [filmed, rate, size, level] of rates) {
      await ffmpeg(...picture(1.2, filmed, size), ...H264, at('rate.mp4'));
      const clip = await kept('rate.mp4');
      expect(clip, filmed).toMatchObject({ framesPerSecond: rate, notes: [] });
      expect(Math.abs(clip.frames - 1.2 * rate), filmed).toBeLessThanOrEqual(1);
      expect(await streamOf(clip.made), filmed).toMatchObject({ r_frame_rate: `${rate}/1`, level, has_b_frames: 0 });
    }
  });

  it('beyond 60 is said; key frames are a second apart', async () => {
    await ffmpeg(...picture(2.5, 240), ...H264, at('slow.mp4'));
    const clip = await kept('slow.mp4');
    expect(clip).toMatchObject({ framesPerSecond: 60, frames: 150, durationMs: 2500, notes: ['frames_dropped'] });
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=flags', '-of', 'csv=p=0', clip.made],
    ]);
    expect(stdout.split('\n').flatMap((flags, n) => (flags[0] === 'K' ? [n] : []))).toEqual([0, 60, 120]);
  });

  it('that varies is the fastest that was filmed for a while', async () => {
    const both = 'testsrc=size=320x180:rate=60:duration=3,select=if(lt(t\\,1.5)\\,1\\,not(mod(n\\,4)))';
    await ffmpeg(...lavfi(both), '-vsync', 'vfr', ...H264, at('varies.mp4'));
    expect(await kept('varies.mp4')).toMatchObject({ framesPerSecond: 60, notes: [] });
  });

  it('above 30 comes with a copy for weak lines, whose frames are every second one, at their times', async () => {
    const numbered = "geq=lum='16+mod(N,60)*3':cb=128:cr=128";
    await ffmpeg(...lavfi(`color=black:s=64x64:r=60:d=2,${numbered}`), ...tone(2), ...H264, at('fast.mp4'));
    const clip = await kept('fast.mp4');
    expect(clip.light).toMatchObject({ framesPerSecond: 30, frames: 60, durationMs: 2000, width: 64, height: 64 });
    expect(await streamOf(at('fast.mp4.light.mp4'))).toMatchObject({ r_frame_rate: '30/1', nb_read_packets: '60' });
    for (const frame of [0, 20, 58, 100]) {
      const [whole, light] = await Promise.all([
        frameOf(clip.made, (frame + 0.001) / 60, 'gray', 'crop=2:2:32:32'),
        frameOf(at('fast.mp4.light.mp4'), (frame + 0.001) / 60, 'gray', 'crop=2:2:32:32'),
      ]);
      expect(Math.abs((whole[0] ?? 0) - (light[0] ?? 0)), `frame ${frame}`).toBeLessThanOrEqual(1);
    }
    await ffmpeg(...picture(1, 30), ...H264, at('plain.mp4'));
    expect((await kept('plain.mp4')).light).toBeNull();
  });
});

describe('a circle stays a circle', () => {
  const isRound = async (clip: Made, atSeconds = 0.5) =>
    expect(Math.abs((await roundness(clip, atSeconds)) - 1)).toBeLessThan(0.02);

  it('when the phone was turned while filming: whole, with bars, and said', async () => {
    for (const [name, size] of [
      ['across.webm', '640x360'],
      ['upright.webm', '360x640'],
    ] as const)
      await ffmpeg(...disc(size), '-c:v', 'libvpx', '-b:v', '1M', at(name));
    writeFileSync(at('turn.txt'), 'file across.webm\nfile upright.webm\nfile across.webm\n');
    await ffmpeg('-f', 'concat', '-i', at('turn.txt'), '-c', 'copy', at('turn.webm'));
    const clip = await kept('turn.webm');
    expect(clip).toMatchObject({ width: 640, height: 360, frames: 90, framesPerSecond: 30, notes: ['turned'] });
    for (const seconds of [0.5, 1.5, 2.5]) await isRound(clip, seconds);
    expect(await streamOf(clip.made)).toMatchObject({ sample_aspect_ratio: '1:1' });
  });

  it('in wide and in narrow pixels, in odd sizes, and on its side', async () => {
    await ffmpeg(...disc('720x576', { pixels: 64 / 45 }), '-vf', 'setsar=64/45', ...H264, at('wide.mp4'));
    await ffmpeg(...disc('640x480', { pixels: 0.75 }), '-vf', 'setsar=3/4', ...H264, at('narrow.mp4'));
    await ffmpeg(...disc('1441x811'), '-c:v', 'mpeg4', at('odd.mov'));
    await ffmpeg(...disc('640x360'), ...H264, at('flat.mp4'));
    await ffmpeg('-i', at('flat.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', at('side.mp4'));
    const sizes = { 'wide.mp4': [1024, 576], 'narrow.mp4': [640, 640], 'odd.mov': [1280, 720], 'side.mp4': [360, 640] };
    for (const [name, [width, height]] of Object.entries(sizes)) {
      const clip = await kept(name);
      expect(clip, name).toMatchObject({ width, height, notes: [] });
      expect(await streamOf(clip.made), name).toMatchObject({ width, height, sample_aspect_ratio: '1:1' });
      await isRound(clip);
    }
  });
});

describe('skin keeps its colour', () => {
  const zscale = (to: string) => `zscale=tin=bt709:pin=bt709:min=gbr:rin=full:${to}:npl=203:agamma=0`;
  const HEVC = ['-c:v', 'libx265', '-x265-params', 'log-level=error', '-tag:v', 'hvc1'];
  const tags = (matrix: string, transfer: string, primaries: string, range = 'tv') => [
    ...['-colorspace', matrix, '-color_trc', transfer, '-color_primaries', primaries, '-color_range', range],
  ];

  const isSkin = async (clip: Made, within: number) => {
    for (const file of [clip.made, clip.poster, clip.sprite]) {
      const seen = await middleOf(file);
      expect(deltaE(seen, SKIN), `${file}: ${seen}`).toBeLessThan(within);
    }
    expect(await streamOf(clip.made)).toMatchObject({
      ...{ color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709', color_range: 'tv' },
      pix_fmt: 'yuv420p',
    });
  };

  it.each([
    ['hlg.mov', 't=arib-std-b67', 'arib-std-b67'],
    ['pq.mov', 't=smpte2084', 'smpte2084'],
  ])('filmed in HDR (%s), and that it was is said', async (name, transfer, tag) => {
    const filter = `${zscale(`${transfer}:p=bt2020:m=bt2020nc:r=limited`)},format=yuv420p10le`;
    await ffmpeg(...skin(), '-vf', filter, ...HEVC, ...tags('bt2020nc', tag, 'bt2020'), at(name));
    const clip = await kept(name);
    expect(clip.notes).toEqual(['hdr_converted']);
    await isSkin(clip, 4);
  });

  it.each([
    [
      'tagged BT.601',
      'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p',
      tags('smpte170m', 'smpte170m', 'smpte170m'),
    ],
    ['untagged and small', 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p', []],
    [
      'of full range',
      'scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p',
      tags('bt709', 'bt709', 'bt709', 'pc'),
    ],
    [
      'of full range in BT.601',
      'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p',
      tags('smpte170m', 'bt709', 'bt709', 'pc'),
    ],
    ['tagged BT.709', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', tags('bt709', 'bt709', 'bt709')],
  ])('%s', async (name, filter, tagged) => {
    const file = `${name.replaceAll(' ', '-')}.mp4`;
    await ffmpeg(...skin(), '-vf', filter, ...H264, ...tagged, at(file));
    const clip = await kept(file);
    expect(clip.notes).toEqual([]);
    await isSkin(clip, 3);
  });

  it('untagged and large, and in the wide colours of a phone', async () => {
    const large = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
    await ffmpeg(...skin('1280x720'), '-vf', large, ...H264, at('large.mp4'));
    await isSkin(await kept('large.mp4'), 3);
    const wide = `${zscale('p=smpte432:t=bt709:m=bt709:r=limited')},format=yuv420p`;
    await ffmpeg(...skin(), '-vf', wide, ...H264, ...tags('bt709', 'bt709', 'smpte432'), at('p3.mp4'));
    await isSkin(await kept('p3.mp4'), 3);
  });
});

describe('a cut is never silent', () => {
  it('longer than five minutes: the first five, the length as filmed, and the note', async () => {
    await ffmpeg(...lavfi('testsrc=s=64x64:r=2:d=330'), ...H264, at('long.mp4'));
    const clip = await kept('long.mp4');
    expect(clip).toMatchObject({ durationMs: 300_000, filmedMs: 330_000, notes: ['cut'] });
    await ffmpeg(...lavfi('testsrc=s=64x64:r=2:d=300'), ...H264, at('just.mp4'));
    expect(await kept('just.mp4')).toMatchObject({ durationMs: 300_000, filmedMs: 300_000, notes: [] });
  });

  it('of unsaid length, as a browser records: the same, as far as anybody can know', async () => {
    const live = ['-c:v', 'libvpx', '-deadline', 'realtime', '-live', '1', '-f', 'webm'];
    await ffmpeg(...lavfi('testsrc=s=64x64:r=4:d=310'), ...live, at('unsaid.webm'));
    expect(await kept('unsaid.webm')).toMatchObject({ durationMs: 300_000, filmedMs: null, notes: ['cut'] });
  });

  it('cut off on its way: what can be read is kept, and said to be a part', async () => {
    const noise = 'testsrc=size=320x180:rate=30:duration=6,noise=alls=30:allf=t';
    await ffmpeg(...lavfi(noise), ...tone(6), ...H264, '-movflags', '+faststart', at('whole.mp4'));
    await ffmpeg(...lavfi(noise), '-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', at('whole.webm'));
    for (const name of ['whole.mp4', 'whole.webm']) {
      const bytes = readFileSync(at(name));
      writeFileSync(at(`cut-${name}`), bytes.subarray(0, Math.round(bytes.length * 0.6)));
      const clip = await kept(`cut-${name}`);
      expect(clip.notes, name).toContain('partial');
      expect(clip.durationMs, name).toBeLessThan(5000);
      expect((await kept(name)).notes, name).toEqual([]);
    }
  });

  it('damaged in its middle is said, too', async () => {
    await ffmpeg(...picture(4), ...H264, '-g', '10', at('sound-enough.mp4'));
    const bytes = readFileSync(at('sound-enough.mp4'));
    const from = bytes.indexOf('mdat') + 4;
    bytes.fill(0xaa, from + Math.round((bytes.length - from) * 0.3), from + Math.round((bytes.length - from) * 0.6));
    writeFileSync(at('damaged.mp4'), bytes);
    expect((await kept('damaged.mp4')).notes).toContain('partial');
  });
});

describe('the sound of a clip', () => {
  const soundOf = async (file: string) => {
    const show = ['-show_entries', 'stream=codec_name,duration,start_time', '-of', 'json'];
    const { stdout } = await run('ffprobe', ['-v', 'error', '-select_streams', 'a', ...show, file]);
    return (JSON.parse(stdout) as { streams: { codec_name: string; duration: string }[] }).streams;
  };

  it('that goes on when the picture ended is kept under the last picture, and that is said', async () => {
    await ffmpeg(...picture(1), ...tone(3), ...H264, at('goes-on.mp4'));
    const clip = await kept('goes-on.mp4');
    expect(clip).toMatchObject({ notes: ['picture_held'], framesPerSecond: 30 });
    expect(Math.abs(clip.durationMs - 3000)).toBeLessThan(100);
    expect(await streamOf(clip.made)).toMatchObject({ nb_read_packets: String(clip.frames), r_frame_rate: '30/1' });
  });

  it('that begins before the picture: frame 0 is at 0, and the wait is said', async () => {
    await ffmpeg(...picture(1), ...H264, at('p.mp4'));
    await ffmpeg('-itsoffset', '0.8', '-i', at('p.mp4'), ...tone(1.8), '-c:v', 'copy', at('late.mkv'));
    const clip = await kept('late.mkv');
    expect(clip.notes).toEqual(['picture_held']);
    expect(await streamOf(clip.made)).toMatchObject({ start_time: '0.000000' });
    expect(Math.abs(clip.frames - 54)).toBeLessThanOrEqual(2);
  });

  it('and the picture across a pause stay together, and the pause is said', async () => {
    const gap = "setpts='PTS+if(gte(N,30),2/TB,0)'";
    await ffmpeg(...picture(2), '-vf', gap, '-vsync', 'vfr', ...H264, at('paused.mp4'));
    const clip = await kept('paused.mp4');
    expect(clip).toMatchObject({ notes: ['picture_held'], framesPerSecond: 30 });
    expect(Math.abs(clip.frames - 120)).toBeLessThanOrEqual(1);
  });

  it('of a kind that nobody knows, or broken, is left out, and that is said; the picture is whole', async () => {
    await ffmpeg(...picture(1), ...tone(1), ...H264, '-c:a', 'pcm_s16le', at('pcm.mov'));
    const unknown = readFileSync(at('pcm.mov'));
    unknown.write('xxxx', unknown.indexOf('sowt'));
    writeFileSync(at('unknown.mov'), unknown);
    await ffmpeg(...picture(1), ...tone(1), ...H264, '-c:a', 'aac', at('aac.mp4'));
    const broken = readFileSync(at('aac.mp4'));
    // What the decoder is to begin with.
    broken.fill(0xff, broken.indexOf('esds') + 39, broken.indexOf('esds') + 41);
    writeFileSync(at('broken.mp4'), broken);
    for (const name of ['unknown.mov', 'broken.mp4']) {
      const clip = await kept(name);
      expect(clip, name).toMatchObject({ frames: 30, notes: ['sound_left_out'] });
      expect(await soundOf(clip.made), name).toEqual([]);
    }
  });

  it('in several tracks: the one that plays by itself, and the others are said; none at all is right', async () => {
    const two = ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-disposition:a:1', 'default', '-disposition:a:0', '0'];
    await ffmpeg(...picture(1), ...tone(1), ...tone(1), ...two, ...H264, at('two.mov'));
    expect((await kept('two.mov')).notes).toEqual(['one_sound_track']);
    await ffmpeg(...picture(1), ...H264, at('silent.mp4'));
    expect(await kept('silent.mp4')).toMatchObject({ frames: 30, notes: [] });
  });
});
