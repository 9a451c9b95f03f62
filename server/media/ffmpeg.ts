import 'server-only';
import { MINUTE_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import { CLIP_FORMATS } from './probe';
import { runProgram } from './programs';

const ENCODE_TIMEOUT_MS = 20 * MINUTE_MS;
const SAID_CHARACTERS_MAX = 2_000_000;

export const ONLY_FILES = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', CLIP_FORMATS];

/** What ffmpeg says of its input while it works. */
export type Said = {
  /** How many picture sizes came, one after the other. */
  sizes: number;
  /** Streams of which something could not be decoded. */
  badStreams: ReadonlySet<number>;
  /** The file ends in the middle of a packet. */
  isBrokenOff: boolean;
};

/** Each time the picture's size changes, ffmpeg sets up its filters anew and says so. */
const SIZE = /\[graph \d+ input from stream [^\]]*\] w:(\d+) h:(\d+)/g;
/** Words of ffmpeg 4 to 6, and of 7 on. */
const BAD =
  /Error while decoding stream #\d+:(\d+)|\[[av]ist#\d+:(\d+)[^\]]*\](?: \[dec:[^\]]*\])? (?:Error submitting packet to decoder|Decoding error)/g;
const BROKEN_OFF = /File ended prematurely|partial file|Truncating packet of size/;

export function readSaid(stderr: string): Said {
  const sizes = [...stderr.matchAll(SIZE)].map(([, width, height]) => `${width}x${height}`);
  return {
    sizes: sizes.filter((size, n) => size !== sizes[n - 1]).length,
    badStreams: new Set([...stderr.matchAll(BAD)].map(([, before, since]) => Number(before ?? since))),
    isBrokenOff: BROKEN_OFF.test(stderr),
  };
}

/** Runs ffmpeg on files alone, without asking anything of anyone. */
export async function runFfmpeg(app: AppProcess, args: readonly string[], signal: AbortSignal | undefined) {
  const quiet = ['-nostdin', '-hide_banner', '-nostats', '-v', 'verbose', '-y'];
  const limits = { timeoutMs: ENCODE_TIMEOUT_MS, signal, outputMax: SAID_CHARACTERS_MAX };
  const { code, stderr } = await runProgram(app.env.FFMPEG_PATH, [...quiet, ...args], limits);
  if (code === 137) throw new Error('ffmpeg was ended');
  if (code !== 0) app.log.warn({ code, said: stderr.slice(-500) }, 'ffmpeg failed');
  return { code, said: readSaid(stderr) };
}
