import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLIP_NOTES, CLIP_SECONDS_MAX, type ClipNote } from '#domain/check-in/clip-note';
import { HELD_SECONDS, keptRate, lightEvery } from '#domain/check-in/clip-rate';
import type { Size } from '#domain/check-in/clip-size';
import { cubeOf } from '#domain/check-in/tone-map';
import type { AppProcess } from '#server/runtime/process';
import { type ClipSource, readSource } from './clip-source';
import { readColours } from './colour';
import { aloneArgs, type ClipShape, encodeArgs, heldArgs, lightArgs, pictureArgs, SPRITE_TILES } from './encode';
import { runFfmpeg } from './ffmpeg';
import { CLIP_FORMATS, type Probed, probe } from './probe';

const POSTER_WIDTH = 640;
const TILE_WIDTH = 160;

type BadReason = 'empty_file' | 'not_a_video' | 'not_a_picture' | 'not_a_sound' | 'cannot_be_read';

/** Refused for good, with a reason that people are told. */
export class BadMedia extends Error {
  readonly reason: BadReason;
  constructor(reason: BadReason) {
    super(reason);
    this.reason = reason;
  }
}

export type Sized = { file: string; sha256: string; bytes: number; width: number; height: number };
type Timed = Sized & { durationMs: number; frames: number; framesPerSecond: number };
export type Normalised = {
  clip: Timed & { filmedMs: number | null; notes: ClipNote[] };
  /** For weak lines; null where the clip itself has no more than 30 frames a second. */
  light: Timed | null;
  poster: Sized;
  sprite: Sized;
};

/** As large as the width allows, never larger than it is, with an even height. */
function shrink({ width, height }: Size, widthMax: number): Size {
  const to = Math.min(width, widthMax);
  return { width: to, height: Math.max(2, Math.round((height * to) / width / 2) * 2) };
}

type Encode = { threads: number; signal?: AbortSignal };
type Attempt = { app: AppProcess; encode: Encode; file(name: string): string };

/**
 * H.264 at the constant rate that was filmed, 24 to 60 frames a second, in BT.709, upright and in square pixels, no
 * metadata, ready to be played from its first byte; poster, sprite and a copy for weak lines beside it; and what of the
 * filmed clip it is not. All in a folder of this attempt's own, which is gone when `take` has stored them.
 */
export async function normaliseClip<T>(
  app: AppProcess,
  input: string,
  encode: Encode,
  take: (made: Normalised) => Promise<T>,
): Promise<T> {
  return await inFolder(app, input, async (file) => {
    const attempt = { app, encode, file };
    return await take(await make(attempt, await findSource(attempt, input)));
  });
}

/** Runs `work` on an input that is not empty, with file names in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(
  app: AppProcess,
  input: string,
  work: (file: (name: string) => string) => Promise<T>,
): Promise<T> {
  if ((await stat(input)).size === 0) throw new BadMedia('empty_file');
  const folder = join(workFolder(app), randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    return await work((name) => join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Found = { input: string; source: ClipSource; isSoundLost: boolean };

/** ffprobe says nothing of a file when one of its decoders cannot begin: then its picture is taken out first. */
async function findSource({ app, encode, file }: Attempt, input: string): Promise<Found> {
  const source = await readSource(app, input, encode.signal);
  if (source) return { input, source, isSoundLost: false };
  const alone = file('picture');
  for (const container of ['mov', 'matroska']) {
    const { code } = await runFfmpeg(app, aloneArgs(input, alone, container), encode.signal);
    const picture = code === 0 ? await readSource(app, alone, encode.signal) : null;
    if (picture) return { input: alone, source: picture, isSoundLost: true };
  }
  throw new BadMedia('not_a_video');
}

async function make(attempt: Attempt, { input, source, isSoundLost }: Found): Promise<Normalised> {
  const { file } = attempt;
  const { framesPerSecond, dropped } = keptRate(source.filmedRate);
  const notes = new Set<ClipNote>(isSoundLost ? ['sound_left_out'] : []);
  if (dropped) notes.add('frames_dropped');
  const clip = await makeClip(attempt, input, { source, framesPerSecond, notes });
  const every = lightEvery(framesPerSecond);
  const light = every === 1 ? null : await makeLight(attempt, { every, framesPerSecond });
  const poster = { file: file('poster'), ...shrink(clip, POSTER_WIDTH) };
  const tile = shrink(clip, TILE_WIDTH);
  const sprite = { file: file('sprite'), width: tile.width * SPRITE_TILES, height: tile.height };
  await run(attempt, pictureArgs(file('clip'), { frames: clip.frames, framesPerSecond, poster, tile, sprite }));
  return {
    clip: {
      ...(await timed(file('clip'), clip, framesPerSecond)),
      filmedMs: source.seconds === null ? null : Math.round(source.seconds * 1000),
      notes: CLIP_NOTES.filter((note) => notes.has(note)),
    },
    light: light && (await timed(file('light'), light, framesPerSecond / every)),
    poster: { ...poster, ...(await fingerprint(poster.file)) },
    sprite: { ...sprite, ...(await fingerprint(sprite.file)) },
  };
}

type Made = Size & { frames: number };

async function timed(file: string, { width, height, frames }: Made, framesPerSecond: number): Promise<Timed> {
  const durationMs = Math.round((frames / framesPerSecond) * 1000);
  return { ...(await fingerprint(file)), width, height, frames, framesPerSecond, durationMs };
}

async function run({ app, encode }: Attempt, args: readonly string[]) {
  const ran = await runFfmpeg(app, args, encode.signal);
  if (ran.code !== 0) throw new Error(`ffmpeg ended with ${ran.code}`);
  return ran;
}

async function look({ app, encode }: Attempt, file: string): Promise<Probed & { frames: number }> {
  const found = await probe(app, file, CLIP_FORMATS, { countFrames: true, signal: encode.signal });
  if (!found?.frames) throw new BadMedia('cannot_be_read');
  return { ...found, frames: found.frames };
}

type Making = { source: ClipSource; framesPerSecond: number; notes: Set<ClipNote> };

async function makeClip(attempt: Attempt, input: string, { source, framesPerSecond, notes }: Making): Promise<Made> {
  const { file, encode } = attempt;
  const colours = readColours(source.colours, source.height);
  if (colours.table) await writeFile(file('colours.cube'), cubeOf(colours.table));
  const shape: ClipShape = { size: source.size, framesPerSecond, colours, cube: file('colours.cube') };
  const streams = { picture: source.picture, sound: source.sound, threads: encode.threads };
  let ran = await runFfmpeg(attempt.app, encodeArgs(input, file('clip'), shape, streams), encode.signal);
  if (ran.code !== 0 && source.sound !== null) {
    // A sound track that nobody can read is no reason to lose the picture.
    ran = await run(attempt, encodeArgs(input, file('clip'), shape, { ...streams, sound: null }));
    notes.add('sound_left_out');
  } else if (ran.code !== 0) throw new Error(`ffmpeg ended with ${ran.code}`);
  if (source.isTooLong) notes.add('cut');
  if (source.isPartial || ran.said.isBrokenOff || ran.said.badStreams.has(source.picture)) notes.add('partial');
  if (source.sound !== null && ran.said.badStreams.has(source.sound)) notes.add('sound_partial');
  if (source.sound === null && source.unknownSounds > 0) notes.add('sound_left_out');
  if (source.soundTracks > 1) notes.add('one_sound_track');
  if (ran.said.sizes > 1) notes.add('turned');
  if (source.isHeld) notes.add('picture_held');
  if (colours.isHdr) notes.add('hdr_converted');
  return await holdPicture(attempt, shape, notes);
}

/** Sound that goes on after the picture ended is kept, under the last picture. */
async function holdPicture(attempt: Attempt, shape: ClipShape, notes: Set<ClipNote>): Promise<Made> {
  const { file } = attempt;
  const made = await look(attempt, file('clip'));
  const pictureSeconds = made.frames / shape.framesPerSecond;
  const heldSeconds = Math.min(CLIP_SECONDS_MAX, made.soundSeconds ?? 0) - pictureSeconds;
  if (heldSeconds <= HELD_SECONDS) return made;
  notes.add('picture_held');
  await run(attempt, heldArgs(file('clip'), file('held'), shape, { heldSeconds, threads: attempt.encode.threads }));
  await rename(file('held'), file('clip'));
  return await look(attempt, file('clip'));
}

async function makeLight(attempt: Attempt, rate: { every: number; framesPerSecond: number }): Promise<Made> {
  const { file, encode } = attempt;
  await run(attempt, lightArgs(file('clip'), file('light'), { ...rate, threads: encode.threads }));
  return await look(attempt, file('light'));
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
