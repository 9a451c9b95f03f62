/** What is kept of a clip, in seconds. */
export const CLIP_SECONDS_MAX = 300;
/** A clip that runs over by less than this is whole: containers round. */
const CUT_SLACK_SECONDS = 0.5;

/**
 * What a prepared clip is that the filmed one was not, or the other way round. People on both sides read each in words:
 * `cut` only its first minutes are kept; `partial` the file was damaged and only a part could be read; `frames_dropped`
 * filmed faster than is kept; `picture_held` the picture stands still while time or sound goes on; `turned` the phone
 * was turned while filming; `sound_left_out`, `sound_partial`, `one_sound_track` of its sound; `hdr_converted` its
 * colours were.
 */
export const CLIP_NOTES = [
  'cut',
  'partial',
  'frames_dropped',
  'picture_held',
  'turned',
  'sound_left_out',
  'sound_partial',
  'one_sound_track',
  'hdr_converted',
] as const;
export type ClipNote = (typeof CLIP_NOTES)[number];

/** The notes of a stored row that this build has words for; none where nothing was noted. */
export function clipNotes(stored: unknown): readonly ClipNote[] {
  return Array.isArray(stored) ? CLIP_NOTES.filter((note) => stored.includes(note)) : [];
}

/** Is a clip of this length longer than what is kept? */
export function isTooLong(seconds: number): boolean {
  return seconds > CLIP_SECONDS_MAX + CUT_SLACK_SECONDS;
}

/** Minutes and seconds of a length, as people say it. */
export function minutesOf(seconds: number): { minutes: number; seconds: number } {
  const whole = Math.round(seconds);
  return { minutes: Math.floor(whole / 60), seconds: whole % 60 };
}
