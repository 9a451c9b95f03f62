import 'server-only';
import { z } from 'zod';
import type { AppProcess } from '../process';
import { runProgram } from './programs';

const PROBE_TIMEOUT_MS = 20_000;
/** Containers that phones and browsers make; a playlist or a script with a video's name is none of them. */
export const CLIP_FORMATS = 'matroska,webm,mov';
export const STILL_FORMATS = 'image2,jpeg_pipe,png_pipe,webp_pipe,mjpeg';

const answerSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      nb_read_packets: z.coerce.number().optional(),
    }),
  ),
  format: z.object({ format_name: z.string(), duration: z.coerce.number().optional() }),
});

export type Probed = {
  format: string;
  width: number;
  height: number;
  durationMs: number | null;
  frames: number | null;
};

/** What a file really is, by its bytes. Null where it is none of the formats or holds no picture. */
export async function probe(
  app: AppProcess,
  file: string,
  formats: string,
  countFrames = false,
): Promise<Probed | null> {
  const count = countFrames ? ['-count_packets'] : [];
  const args = [
    '-v',
    'error',
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    formats,
    ...count,
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    file,
  ];
  const { code, stdout } = await runProgram(app.env.FFPROBE_PATH, args, { timeoutMs: PROBE_TIMEOUT_MS });
  if (code !== 0) return null;
  const parsed = answerSchema.safeParse(parseJson(stdout));
  if (!parsed.success) return null;
  const { streams, format } = parsed.data;
  const video = streams.find((stream) => stream.codec_type === 'video');
  if (!video?.width || !video.height) return null;
  return {
    format: format.format_name,
    width: video.width,
    height: video.height,
    durationMs: format.duration === undefined ? null : Math.round(format.duration * 1000),
    frames: video.nb_read_packets ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
