import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppProcess } from '../process';
import { CLIP_FORMATS, probe } from './probe';
import { runProgram } from './programs';

const ENCODE_TIMEOUT_MS = 10 * 60_000;
const CLIP_SECONDS_MAX = 300;
const FRAMES_PER_SECOND = 30;

export type Normalised = {
  clip: {
    file: string;
    sha256: string;
    bytes: number;
    width: number;
    height: number;
    durationMs: number;
    frames: number;
  };
  poster: { file: string; sha256: string; bytes: number };
  framesPerSecond: number;
};

/** Refused for good, with a reason that people are told. */
export class BadMedia extends Error {
  readonly reason: 'not_a_video' | 'empty' | 'cannot_be_read';
  constructor(reason: BadMedia['reason']) {
    super(reason);
    this.reason = reason;
  }
}

const LONG_SIDE = "scale='if(gt(iw,ih),min(1280,iw),-2)':'if(gt(iw,ih),-2,min(1280,ih))'";

function encodeArgs(input: string, output: string): string[] {
  const picture = [
    '-vf',
    `${LONG_SIDE},fps=${FRAMES_PER_SECOND},format=yuv420p`,
    '-c:v',
    'libx264',
    '-profile:v',
    'high',
    '-level',
    '3.1',
    '-preset',
    'veryfast',
    '-crf',
    '26',
  ];
  // A key frame each second and no B-frames: stepping by one frame is exact and cheap.
  const frames = ['-g', '30', '-keyint_min', '30', '-sc_threshold', '0', '-bf', '0'];
  const sound = ['-c:a', 'aac', '-ac', '1', '-b:a', '48k'];
  return [
    '-nostdin',
    '-v',
    'error',
    '-threads',
    '1',
    '-protocol_whitelist',
    'file,pipe',
    '-format_whitelist',
    CLIP_FORMATS,
    '-i',
    input,
    '-t',
    String(CLIP_SECONDS_MAX),
    '-map',
    '0:v:0',
    '-map',
    '0:a:0?',
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    ...picture,
    ...frames,
    ...sound,
    '-movflags',
    '+faststart',
    '-f',
    'mp4',
    '-y',
    output,
  ];
}

/** H.264, constant 30 frames a second, no metadata, ready to be played from its first byte; and a poster. */
export async function normaliseClip(app: AppProcess, input: string): Promise<Normalised> {
  const folder = join(app.env.MEDIA_DIR, 'work');
  await mkdir(folder, { recursive: true });
  const attempt = join(folder, randomUUID());
  const [clip, poster] = [`${attempt}.mp4`, `${attempt}.jpg`];
  try {
    if ((await stat(input)).size === 0) throw new BadMedia('empty');
    if (!(await probe(app, input, CLIP_FORMATS))) throw new BadMedia('not_a_video');
    const encoded = await runProgram(app.env.FFMPEG_PATH, encodeArgs(input, clip), { timeoutMs: ENCODE_TIMEOUT_MS });
    const made = encoded.code === 0 ? await probe(app, clip, CLIP_FORMATS, true) : null;
    if (!made?.frames || made.durationMs === null) throw new BadMedia('cannot_be_read');
    const still = [
      '-nostdin',
      '-v',
      'error',
      '-protocol_whitelist',
      'file',
      '-i',
      clip,
      '-frames:v',
      '1',
      '-vf',
      'scale=480:-2',
      '-q:v',
      '4',
      '-f',
      'image2',
      '-y',
      poster,
    ];
    await runProgram(app.env.FFMPEG_PATH, still, { timeoutMs: ENCODE_TIMEOUT_MS });
    const { width, height, durationMs, frames } = made;
    return {
      clip: { ...(await fingerprint(clip)), width, height, durationMs, frames },
      poster: await fingerprint(poster),
      framesPerSecond: FRAMES_PER_SECOND,
    };
  } catch (error) {
    await rm(clip, { force: true });
    await rm(poster, { force: true });
    throw error;
  }
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
