import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import { CLIP_FORMATS, probe } from './probe';
import { runProgram } from './programs';

const ENCODE_TIMEOUT_MS = 15 * MINUTE_MS;
const CLIP_SECONDS_MAX = 300;
export const FRAMES_PER_SECOND = 30;
/** Pictures in one row of the sprite, evenly over the clip: what a scrub bar shows. */
const SPRITE_TILES = 20;
const POSTER_WIDTH = 640;
const TILE_WIDTH = 160;

type BadReason = 'empty_file' | 'not_a_video' | 'not_a_picture' | 'cannot_be_read';

/** Refused for good, with a reason that people are told. */
export class BadMedia extends Error {
  readonly reason: BadReason;
  constructor(reason: BadReason) {
    super(reason);
    this.reason = reason;
  }
}

type Sized = { file: string; sha256: string; bytes: number; width: number; height: number };
export type Normalised = { clip: Sized & { durationMs: number; frames: number }; poster: Sized; sprite: Sized };

/** At most 1280 on the long side, both sides even: H.264 with 4:2:0 has no odd ones. */
const LONG_SIDE = "scale='if(gt(iw,ih),trunc(min(1280,iw)/2)*2,-2)':'if(gt(iw,ih),-2,trunc(min(1280,ih)/2)*2)'";
const QUIET = ['-nostdin', '-hide_banner', '-v', 'error', '-y'];
const ONLY_FILES = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', CLIP_FORMATS];

/** A key frame each second and no B-frames: stepping by one frame is exact and cheap. */
function encodeArgs(input: string, output: string, threads: number): string[] {
  const picture = ['-vf', `${LONG_SIDE},fps=${FRAMES_PER_SECOND},format=yuv420p`, '-c:v', 'libx264'];
  const quality = ['-profile:v', 'high', '-level', '3.1', '-preset', 'veryfast', '-crf', '26'];
  const frames = ['-g', '30', '-keyint_min', '30', '-sc_threshold', '0', '-bf', '0'];
  const sound = ['-c:a', 'aac', '-ac', '1', '-b:a', '48k'];
  const bare = ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart'];
  return [
    ...[...QUIET, ...ONLY_FILES, '-i', input, '-t', String(CLIP_SECONDS_MAX), '-map', '0:v:0', '-map', '0:a:0?'],
    ...[...picture, ...quality, ...frames, '-threads', String(threads), ...sound, ...bare, '-f', 'mp4', output],
  ];
}

type Size = { width: number; height: number };

/** As large as the width allows, never larger than it is, with an even height. */
function shrink({ width, height }: Size, widthMax: number): Size {
  const to = Math.min(width, widthMax);
  return { width: to, height: Math.max(2, Math.round((height * to) / width / 2) * 2) };
}

type Pictures = { frames: number; poster: Size & { file: string }; tile: Size; sprite: { file: string } };

/** The picture in the middle, and a row of small ones, from the clip that was just made. */
function pictureArgs(clip: string, { frames, poster, tile, sprite }: Pictures): string[] {
  const middle = String(Math.floor(frames / 2) / FRAMES_PER_SECOND);
  const rate = `${SPRITE_TILES * FRAMES_PER_SECOND}/${frames}`;
  const tiles = `fps=${rate},scale=${tile.width}:${tile.height},tile=${SPRITE_TILES}x1`;
  const jpeg = ['-c:v', 'mjpeg', '-f', 'mjpeg', '-q:v', '4', '-frames:v', '1'];
  return [
    ...[...QUIET, ...ONLY_FILES, '-i', clip],
    ...['-map', '0:v:0', '-ss', middle, '-vf', `scale=${poster.width}:${poster.height}`, ...jpeg, poster.file],
    ...['-map', '0:v:0', '-vf', tiles, ...jpeg, sprite.file],
  ];
}

type Encode = { threads: number; signal?: AbortSignal };

async function ffmpeg(app: AppProcess, args: string[], signal: AbortSignal | undefined): Promise<void> {
  const { code, stderr } = await runProgram(app.env.FFMPEG_PATH, args, { timeoutMs: ENCODE_TIMEOUT_MS, signal });
  if (code === 0) return;
  app.log.warn({ code, said: stderr.slice(-500) }, 'ffmpeg failed');
  throw new Error(`ffmpeg ended with ${code}`);
}

/**
 * H.264, constant 30 frames a second, no metadata, ready to be played from its first byte; poster and sprite beside
 * it. All in a folder of this attempt's own, which is gone when `take` has stored them.
 */
export async function normaliseClip<T>(
  app: AppProcess,
  input: string,
  { threads, signal }: Encode,
  take: (made: Normalised) => Promise<T>,
): Promise<T> {
  if ((await stat(input)).size === 0) throw new BadMedia('empty_file');
  if (!(await probe(app, input, CLIP_FORMATS, { signal }))) throw new BadMedia('not_a_video');
  const attempt = join(workFolder(app), randomUUID());
  await mkdir(attempt, { recursive: true });
  const file = (name: string) => join(attempt, name);
  try {
    await ffmpeg(app, encodeArgs(input, file('clip'), threads), signal);
    const made = await probe(app, file('clip'), CLIP_FORMATS, { countFrames: true, signal });
    if (!made?.frames) throw new BadMedia('cannot_be_read');
    const { width, height, frames } = made;
    const poster = { file: file('poster'), ...shrink(made, POSTER_WIDTH) };
    const tile = shrink(made, TILE_WIDTH);
    const sprite = { file: file('sprite'), width: tile.width * SPRITE_TILES, height: tile.height };
    await ffmpeg(app, pictureArgs(file('clip'), { frames, poster, tile, sprite }), signal);
    const durationMs = Math.round((frames / FRAMES_PER_SECOND) * 1000);
    return await take({
      clip: { ...(await fingerprint(file('clip'))), width, height, frames, durationMs },
      poster: { ...poster, ...(await fingerprint(poster.file)) },
      sprite: { ...sprite, ...(await fingerprint(sprite.file)) },
    });
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
}

export function workFolder(app: AppProcess): string {
  return join(app.env.MEDIA_DIR, 'work');
}

/** Path, SHA-256 and size of a file. */
export async function fingerprint(file: string): Promise<{ file: string; sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { file, sha256: hash.digest('hex'), bytes };
}
