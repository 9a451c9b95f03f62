import 'server-only';
import { z } from 'zod';
import { parseJson } from '#server/runtime/parse-json';
import type { AppProcess } from '#server/runtime/process';
import { runProgram } from './programs';

const PROBE_TIMEOUT_MS = 60_000;
/** Containers that phones and browsers make; a playlist or a script with a video's name is none of them. */
export const CLIP_FORMATS = 'matroska,webm,mov';
/** Single pictures by their bytes. Not `image2`, which takes a file's name for a pattern of names. */
const STILL_FORMATS = 'jpeg_pipe,png_pipe,webp_pipe';

const answerSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      codec_name: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      nb_read_packets: z.coerce.number().optional(),
      duration: z.coerce.number().optional(),
    }),
  ),
  format: z.object({ format_name: z.string(), duration: z.coerce.number().optional() }),
});

export type Probed = {
  codec: string;
  width: number;
  height: number;
  durationMs: number | null;
  frames: number | null;
  /** Length of its sound in seconds; null where it has none. */
  soundSeconds: number | null;
};

/** What a file really is, by its bytes. Null where it is none of the formats or holds no picture. */
export async function probe(
  app: AppProcess,
  file: string,
  formats: string,
  { countFrames = false, signal }: { countFrames?: boolean; signal?: AbortSignal } = {},
): Promise<Probed | null> {
  const found = await show(app, file, { formats, more: countFrames ? ['-count_packets'] : [], signal });
  if (!found) return null;
  const { streams, format } = found;
  const video = streams.find((stream) => stream.codec_type === 'video');
  if (!video?.width || !video.height) return null;
  return {
    codec: video.codec_name ?? '',
    width: video.width,
    height: video.height,
    durationMs: format.duration === undefined ? null : Math.round(format.duration * 1000),
    frames: video.nb_read_packets ?? null,
    soundSeconds: streams.find((stream) => stream.codec_type === 'audio')?.duration ?? null,
  };
}

type Show = { formats: string; more?: readonly string[]; signal?: AbortSignal };

/** What ffprobe shows of a file of these formats; null of any other. */
async function show(app: AppProcess, file: string, { formats, more = [], signal }: Show) {
  const limits = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', formats];
  const args = ['-v', 'error', ...limits, ...more, '-show_streams', '-show_format', '-of', 'json', '-i', file];
  const { code, stdout } = await runProgram(app.env.FFPROBE_PATH, args, { timeoutMs: PROBE_TIMEOUT_MS, signal });
  if (code === 137) throw new Error('ffprobe was ended');
  return code === 0 ? (answerSchema.safeParse(parseJson(stdout)).data ?? null) : null;
}

/** Length of a file's sound in seconds, 0 where it does not say it; null where it has none. */
export async function probeSound(
  app: AppProcess,
  file: string,
  formats: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const found = await show(app, file, { formats, signal });
  const sound = found?.streams.find((stream) => stream.codec_type === 'audio');
  return sound ? (sound.duration ?? found?.format.duration ?? 0) : null;
}

const STILL_MIMES: Record<string, string> = { mjpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

export type Picture = { width: number; height: number; mime: string };

/** A still as browsers show it; null where the bytes are no JPEG, PNG or WebP. */
export async function probeStill(app: AppProcess, file: string, signal?: AbortSignal): Promise<Picture | null> {
  const found = await probe(app, file, STILL_FORMATS, { signal });
  const mime = found && STILL_MIMES[found.codec];
  return mime ? { width: found.width, height: found.height, mime } : null;
}
