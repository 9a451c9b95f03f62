import 'server-only';
import { z } from 'zod';
import { CLIP_SECONDS_MAX, isTooLong } from '#domain/check-in/clip-note';
import { filmedRate, HELD_SECONDS, hasGap } from '#domain/check-in/clip-rate';
import { keptSize, type Size } from '#domain/check-in/clip-size';
import { parseJson } from '#server/runtime/parse-json';
import type { AppProcess } from '#server/runtime/process';
import type { ColourTags } from './colour';
import { CLIP_FORMATS } from './probe';
import { runProgram } from './programs';

const PROBE_TIMEOUT_MS = 120_000;
/** Enough for the packets of what is kept and a little more, at 240 frames a second with sound. */
const TIMELINE_CHARACTERS_MAX = 12_000_000;
const LOOKED_AT_SECONDS = CLIP_SECONDS_MAX + 30;

const number = z.coerce.number().optional().catch(undefined);
const streamSchema = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  channels: z.number().optional(),
  disposition: z.object({ attached_pic: z.number().optional(), default: z.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: number })).optional(),
  tags: z.object({ rotate: number }).optional(),
});
const answerSchema = z.object({
  streams: z.array(streamSchema),
  format: z.object({ start_time: number, duration: number }),
});
type Stream = z.infer<typeof streamSchema>;

export type ClipSource = {
  /** Of the picture among the file's streams. */
  picture: number;
  /** Of the sound; null where there is none that can be read. */
  sound: number | null;
  /** Sound tracks that can be read, and those that nobody here knows. */
  soundTracks: number;
  unknownSounds: number;
  size: Size;
  colours: ColourTags;
  /** Height as filmed, upright or not. */
  height: number;
  filmedRate: number | null;
  /** Length of all that was filmed, in seconds; null where neither the file says it nor its packets end. */
  seconds: number | null;
  isTooLong: boolean;
  /** The file ends before what it announces. */
  isPartial: boolean;
  /** The picture stands still for a while, at its start or in its middle. */
  isHeld: boolean;
};

/** `a:b` or `a/b`; null where it says nothing. */
function ratioOf(text: string | undefined): number | null {
  const [a, b] = (text ?? '').split(/[:/]/).map(Number);
  return a && b ? a / b : null;
}

const isPicture = (stream: Stream) =>
  stream.codec_type === 'video' && !stream.disposition?.attached_pic && Boolean(stream.width && stream.height);
const isKnown = ({ codec_name: codec }: Stream) => codec !== undefined && codec !== 'unknown' && codec !== 'none';
const byDefault = (a: Stream, b: Stream) => (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0);

/** What is to be known of a filmed clip before it is prepared. Null where it is none. */
export async function readSource(app: AppProcess, file: string, signal?: AbortSignal): Promise<ClipSource | null> {
  const stdout = await ffprobe(app, ['-show_streams', '-show_format', '-of', 'json', '-i', file], signal);
  const parsed = answerSchema.safeParse(parseJson(stdout ?? ''));
  if (!parsed.success) return null;
  const { streams, format } = parsed.data;
  const picture = streams.find((stream) => isPicture(stream) && isKnown(stream));
  if (!picture) return null;
  const sounds = streams.filter((stream) => stream.codec_type === 'audio');
  const readable = sounds.filter((stream) => isKnown(stream) && stream.channels).sort(byDefault);
  const packets = await readPackets(app, file, signal);
  return {
    picture: picture.index,
    sound: readable[0]?.index ?? null,
    soundTracks: readable.length,
    unknownSounds: sounds.length - readable.length,
    size: sizeOf(picture),
    colours: coloursOf(picture),
    height: picture.height ?? 0,
    ...timesOf(packets, { picture, sound: readable[0], format }),
  };
}

async function ffprobe(app: AppProcess, args: string[], signal?: AbortSignal): Promise<string | null> {
  const limits = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', CLIP_FORMATS];
  const bounds = { timeoutMs: PROBE_TIMEOUT_MS, signal, outputMax: TIMELINE_CHARACTERS_MAX };
  const { code, stdout } = await runProgram(app.env.FFPROBE_PATH, ['-v', 'error', ...limits, ...args], bounds);
  if (code === 137) throw new Error('ffprobe was ended');
  return code === 0 ? stdout : null;
}

function sizeOf({ width = 0, height = 0, sample_aspect_ratio: pixels, side_data_list: beside, tags }: Stream): Size {
  const rotation = beside?.find((one) => one.rotation !== undefined)?.rotation ?? tags?.rotate ?? 0;
  return keptSize({ width, height, pixelRatio: ratioOf(pixels) ?? 1, rotation });
}

function coloursOf(stream: Stream): ColourTags {
  return {
    pixelFormat: stream.pix_fmt,
    range: stream.color_range,
    matrix: stream.color_space,
    transfer: stream.color_transfer,
    primaries: stream.color_primaries,
  };
}

type Packet = { stream: number; at: number; end: number };

/** When each packet is shown, in seconds, of the first five and a half minutes. */
async function readPackets(app: AppProcess, file: string, signal?: AbortSignal): Promise<Packet[]> {
  const entries = ['-show_entries', 'packet=stream_index,pts_time,duration_time,flags', '-of', 'compact=p=0'];
  const some = ['-read_intervals', `%+${LOOKED_AT_SECONDS}`];
  const stdout = await ffprobe(app, [...some, ...entries, '-i', file], signal);
  return (stdout ?? '').split('\n').flatMap((line) => {
    const fields = new Map(line.split('|').map((field) => [field.split('=')[0], field.split('=')[1]]));
    const at = Number(fields.get('pts_time'));
    // Packets that only feed the decoder are not shown.
    if (!Number.isFinite(at) || fields.get('flags')?.[1] === 'D') return [];
    return [{ stream: Number(fields.get('stream_index')), at, end: at + (Number(fields.get('duration_time')) || 0) }];
  });
}

type Beside = { picture: Stream; sound?: Stream; format: z.infer<typeof answerSchema>['format'] };

/** A file that ends this much before what it announces was cut off on its way; containers round. */
const MISSING_SECONDS = 0.75;

function timesOf(packets: readonly Packet[], { picture, sound, format }: Beside) {
  const own = packets.filter(({ stream }) => stream === picture.index || stream === sound?.index);
  const start = own.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const delivered = own.reduce((most, { end }) => Math.max(most, end), 0) - (own.length > 0 ? start : 0);
  const shown = own.filter(({ stream }) => stream === picture.index).map(({ at }) => at);
  const pictureStart = shown.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const announced = format.duration ?? null;
  const goesOn = isTooLong(delivered);
  return {
    filmedRate: filmedRate(shown) ?? ratioOf(picture.avg_frame_rate),
    seconds: goesOn ? announced : Math.max(announced ?? 0, delivered) || null,
    isTooLong: goesOn,
    isPartial: !goesOn && announced !== null && announced - delivered > MISSING_SECONDS,
    isHeld: shown.length > 0 && (pictureStart - start > HELD_SECONDS || hasGap(shown)),
  };
}
