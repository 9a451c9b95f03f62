import 'server-only';
import { CLIP_SECONDS_MAX } from '#domain/check-in/clip-note';
import { levelOf, type Size } from '#domain/check-in/clip-size';
import { BT709, BT709_TAGS, type ColourReading, colourFilters } from './colour';
import { ONLY_FILES } from './ffmpeg';

/** Pictures in one row of the sprite, evenly over the clip: what a scrub bar shows. */
export const SPRITE_TILES = 20;
const QUALITY = '26';
const QUALITY_OF_LIGHT = '28';

export type ClipShape = {
  size: Size;
  framesPerSecond: number;
  colours: ColourReading;
  /** Where the table of colours lies, if `colours` needs one. */
  cube: string;
};

/** Closer than this to the shape of the first picture, a picture fills it; a circle stays one within as much. */
const SAME_SHAPE = 0.01;

/** Whole, into the size of the first picture; in square pixels, and with bars where the phone was turned meanwhile. */
function framing({ width, height }: Size): { scale: string; pad: string } {
  const isSame = `lt(abs(dar*${height}/${width}-1),${SAME_SHAPE})`;
  const wide = `if(${isSame},${width},2*round(min(${width},${height}*dar)/2))`;
  const high = `if(${isSame},${height},2*round(min(${height},${width}/dar)/2))`;
  return {
    scale: `scale=w='${wide}':h='${high}'`,
    pad: `setsar=1,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
  };
}

type H264 = { size: Size | null; framesPerSecond: number; quality: string; threads: number };

/** A key frame each second and no B-frames: stepping by one frame is exact and cheap. */
function h264({ size, framesPerSecond, quality, threads }: H264): string[] {
  const second = String(framesPerSecond);
  const level = size ? ['-level', levelOf(size, framesPerSecond)] : [];
  return [
    ...['-r', second, '-c:v', 'libx264', '-profile:v', 'high', ...level, '-preset', 'veryfast', '-crf', quality],
    ...['-g', second, '-keyint_min', second, '-sc_threshold', '0', '-bf', '0', '-threads', String(threads)],
    ...BT709_TAGS,
  ];
}

/** Nothing beside the streams, ready to be played from the first byte. */
export const BARE = ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4'];

/** The picture as it is, without anything beside it. */
export function aloneArgs(input: string, output: string, container: string): string[] {
  return [...ONLY_FILES, '-i', input, '-map', '0:V:0', '-c', 'copy', '-f', container, output];
}

type Streams = { picture: number; sound: number | null; threads: number };

/**
 * From what was filmed to what is kept. Both streams begin at 0: a picture that comes later is held before, sound that
 * comes later is silent before, and pauses are filled.
 */
export function encodeArgs(input: string, output: string, shape: ClipShape, { picture, sound, threads }: Streams) {
  const { scale, pad } = framing(shape.size);
  const filters = `${colourFilters(shape.colours, scale, shape.cube)},${pad},${BT709},fps=${shape.framesPerSecond}`;
  const heard = sound === null ? [] : ['-map', `0:${sound}`, '-af', 'aresample=async=1:first_pts=0'];
  const coded = sound === null ? ['-an'] : ['-c:a', 'aac', '-ac', '1', '-ar', '48000', '-b:a', '48k'];
  return [
    ...[...ONLY_FILES, '-i', input, '-t', String(CLIP_SECONDS_MAX), '-map', `0:${picture}`, '-vf', filters, ...heard],
    ...[...h264({ ...shape, quality: QUALITY, threads }), ...coded, ...BARE, output],
  ];
}

/** The last picture stays for as long as the sound goes on. */
export function heldArgs(
  input: string,
  output: string,
  shape: ClipShape,
  { heldSeconds, threads }: { heldSeconds: number; threads: number },
): string[] {
  const filters = `tpad=stop_mode=clone:stop_duration=${heldSeconds.toFixed(3)},${BT709}`;
  return [
    ...[...ONLY_FILES, '-i', input, '-map', '0:v:0', '-map', '0:a:0', '-vf', filters],
    ...[...h264({ ...shape, quality: QUALITY, threads }), '-c:a', 'copy', ...BARE, output],
  ];
}

type LightRate = { every: number; framesPerSecond: number; threads: number };

/** Every so many frames of the clip, each at the time that it has there. */
export function lightArgs(clip: string, output: string, { every, framesPerSecond, threads }: LightRate): string[] {
  const rate = framesPerSecond / every;
  const filters = `select='not(mod(n,${every}))',setpts=N/(${rate}*TB),${BT709}`;
  return [
    ...[...ONLY_FILES, '-i', clip, '-map', '0:v:0', '-map', '0:a:0?', '-vf', filters],
    ...[...h264({ size: null, framesPerSecond: rate, quality: QUALITY_OF_LIGHT, threads }), '-c:a', 'copy'],
    ...[...BARE, output],
  ];
}

type Pictures = {
  frames: number;
  framesPerSecond: number;
  poster: Size & { file: string };
  tile: Size;
  sprite: { file: string };
};

/** The picture in the middle, and a row of small ones, from the clip that was just made. */
export function pictureArgs(clip: string, { frames, framesPerSecond, poster, tile, sprite }: Pictures): string[] {
  const middle = String(Math.floor(frames / 2) / framesPerSecond);
  const rate = `${SPRITE_TILES * framesPerSecond}/${frames}`;
  // JPEG knows BT.601 of full range and nothing else.
  const colours = 'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc,format=yuvj420p';
  const tiles = `fps=${rate},scale=${tile.width}:${tile.height}:${colours},tile=${SPRITE_TILES}x1`;
  const jpeg = ['-c:v', 'mjpeg', '-f', 'mjpeg', '-q:v', '4', '-frames:v', '1'];
  const one = ['-ss', middle, '-vf', `scale=${poster.width}:${poster.height}:${colours}`];
  return [
    ...[...ONLY_FILES, '-i', clip],
    ...['-map', '0:v:0', ...one, ...jpeg, poster.file],
    ...['-map', '0:v:0', '-vf', tiles, ...jpeg, sprite.file],
  ];
}
