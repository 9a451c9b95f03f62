import 'server-only';
import { CLIP_SECONDS_MAX, type ClipNote } from '#domain/check-in/clip-note';
import type { AppProcess } from '#server/runtime/process';
import { BARE } from './encode';
import { runFfmpeg } from './ffmpeg';
import { BadMedia, fingerprint, inFolder } from './normalise';
import { probeSound } from './probe';

/** Containers in which browsers and phones record sound. */
const SOUND_FORMATS = 'matroska,webm,mov,ogg';
/** Between the length that was asked for and the one that was made lies less than one packet of sound. */
const PACKET_MS = 100;

export type Voice = { file: string; sha256: string; bytes: number; durationMs: number; notes: ClipNote[] };

/**
 * A voice note as AAC in MP4, mono, that every phone plays; evenly loud, as long as a clip at most, with nothing in it
 * about place, time or device. Gone when `take` has stored it.
 *
 * @throws BadMedia `empty_file`, `not_a_sound`
 */
export async function normaliseVoice<T>(
  app: AppProcess,
  input: string,
  signal: AbortSignal | undefined,
  take: (made: Voice) => Promise<T>,
): Promise<T> {
  return await inFolder(app, input, async (file) => {
    if ((await probeSound(app, input, SOUND_FORMATS, signal)) === null) throw new BadMedia('not_a_sound');
    const limits = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', SOUND_FORMATS];
    // Late sound begins late no more, and a whisper into a telephone on the table is heard.
    const filters = 'aresample=async=1:first_pts=0,dynaudnorm=maxgain=8';
    const coded = ['-c:a', 'aac', '-ac', '1', '-ar', '48000', '-b:a', '48k'];
    const heard = ['-i', input, '-t', String(CLIP_SECONDS_MAX), '-map', '0:a:0', '-vn', '-af', filters];
    const { code } = await runFfmpeg(app, [...limits, ...heard, ...coded, ...BARE, file('voice')], signal);
    const seconds = code === 0 ? await probeSound(app, file('voice'), SOUND_FORMATS, signal) : null;
    if (!seconds) throw new BadMedia('not_a_sound');
    const durationMs = Math.round(seconds * 1000);
    const notes: ClipNote[] = durationMs >= CLIP_SECONDS_MAX * 1000 - PACKET_MS ? ['cut'] : [];
    return await take({ ...(await fingerprint(file('voice'))), durationMs, notes });
  });
}
